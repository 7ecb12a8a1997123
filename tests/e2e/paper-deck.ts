/** A deck with what is hard to print: read by the tests of paper, and by people who look at the pages. */
export const PAPER_DECK = `---
title: A deck & its paper
subtitle: What is hard to print
author: [Ada Lovelace, Grace Hopper]
date: 2026-05-01
lang: en-GB
site: https://example.org/talks/paper/
---

## Links {data-background-color="#f5e9c8"}

Dark letters. [inside](#last), [by address](#/last), [outside](https://example.org/outside).

- one
    - nested
- two

![A whale](img/docker_logo.png){width=200px}

# A stack {data-background-gradient="linear-gradient(to bottom, #283b95, #17b2c3)"}

The stack's own slide.

## Below one {data-background-image="img/horror.gif"}

White letters.

## Below two

Math: $e^{i\\pi}=-1$

## Columns

:::: {.columns}
::: {.column width=40%}
Left **bold**
:::
::: {.column width=60%}
| a | b |
|---|---|
| 1 | 2 |
:::
::::

## Steps

First.

. . .

Then.

> - item one
> - item two

## Lines

\`\`\` {.python data-line-numbers="1|2-3"}
def f(x):
    y = x + 1
    return y
\`\`\`

## Twice

::: notes
Say *this*.

- and
- that
:::

## Twice

<footer>A footer</footer>

## Panel

::: {.demo name="django" views="dockerfile terminal"}
On paper, imagine a panel.
:::

##

No title here.

## Last {#last}

The end.
`;
