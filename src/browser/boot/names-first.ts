import { takeNamesBack } from './taken-names.ts';

// In a deck that is all in one file its HTML is there already, and may have taken the very words that we begin with.
takeNamesBack(document);
