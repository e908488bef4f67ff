import { kernelName } from "../spec.js";

/** nbgrader's schema 3, without the checksum that nbgrader adds itself. */
export interface NbgraderMetadata {
  schema_version: 3;
  grade: boolean;
  solution: boolean;
  locked: boolean;
  task: false;
  grade_id: string;
  points?: number;
  cell_type?: "code";
  checksum?: string;
}

export interface NotebookCell {
  id: string;
  cell_type: "code";
  source: string;
  metadata: { tags?: string[]; nbgrader?: NbgraderMetadata };
  outputs: [];
  execution_count: null;
}

export interface CodeNotebook {
  nbformat: 4;
  nbformat_minor: 5;
  metadata: { kernelspec: { name: string; display_name: string; language: string } };
  cells: NotebookCell[];
}

export function codeCell(id: string, source: string, metadata: NotebookCell["metadata"] = {}): NotebookCell {
  return { id, cell_type: "code", source, metadata, outputs: [], execution_count: null };
}

export function codeNotebook(cells: NotebookCell[]): CodeNotebook {
  const kernelspec = { name: kernelName, display_name: "TypeScript (flowlab)", language: "typescript" };
  return { nbformat: 4, nbformat_minor: 5, metadata: { kernelspec }, cells };
}

/** A cell for the learner's code, between `// BEGIN SOLUTION` and `// END SOLUTION`. */
export function solutionCell(id: string, source: string): NotebookCell {
  const nbgrader = {
    schema_version: 3,
    grade: false,
    solution: true,
    locked: false,
    task: false,
    grade_id: id,
  } as const;
  return codeCell(id, source, { nbgrader });
}

/** A locked cell that gives points. */
export function gradeCell(id: string, points: number, source: string): NotebookCell {
  const flags = { schema_version: 3, grade: true, solution: false, locked: true, task: false } as const;
  return codeCell(id, source, { nbgrader: { ...flags, grade_id: id, points, cell_type: "code" } });
}
