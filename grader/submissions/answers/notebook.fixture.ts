/** Notebooks for tests, as the builder and Jupyter write them. */

export function exerciseCell(id: string, code: string, more: object = {}): object {
  const metadata = {
    flowlab: { exercise: id },
    nbgrader: { schema_version: 3, solution: true, grade: false, grade_id: `p${id}` },
  };
  return {
    cell_type: "code",
    source: code.split(/(?<=\n)/),
    metadata,
    outputs: [],
    execution_count: null,
    ...more,
  };
}

export function demoCell(code: string): object {
  return { cell_type: "code", source: code, metadata: {}, outputs: [], execution_count: 1 };
}

export function checkCell(id: string): object {
  const nbgrader = {
    schema_version: 3,
    solution: false,
    grade: true,
    locked: true,
    grade_id: `p${id}_test`,
    points: 3,
  };
  return { ...demoCell(`await check("${id}", {})`), metadata: { flowlab: { exercise: id }, nbgrader } };
}

export function notebook(cells: readonly object[]): string {
  return JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells });
}
