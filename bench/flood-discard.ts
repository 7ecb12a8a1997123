/** Runs the container of a demo that prints, and throws away what it prints: the least that a client can do. */
import { once } from 'node:events';
import { connectTestEngine } from '../tests/engine/test-engine.ts';
import { parseTestDemo } from '../tests/runner/run-demo.ts';
import { DirectEngine } from './direct-engine.ts';

const [label = '', name = '', compose = ''] = process.argv.slice(2);
const engine = await connectTestEngine();
const direct = new DirectEngine(engine.facts);
const service = (await parseTestDemo(compose)).services[0];
if (service === undefined) throw new Error('The demo has no service.');
const labels = { [label]: name };
const network = await engine.createNetwork(name, labels);
const { image = '', command, environment, init, readOnly, capAdd, memoryBytes, cpus, pids } = service;
const limits = { environment, init, readOnly, capAdd, memoryBytes, cpus, pids };
const none = { ports: [], mounts: [], tmpfs: {}, aliases: [] };
const id = await engine.createContainer({ name, image, labels, command, network, ...limits, ...none });
const output = await direct.attach(id);
const ended = once(output.resume(), 'end');
await engine.startContainer(id);
await ended;
await engine.waitContainer(id, new AbortController().signal);
await engine.removeContainer(id);
await engine.removeNetwork(network);
engine.close();
