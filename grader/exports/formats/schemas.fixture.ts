/** What platforms say of their formats, as JSON Schema: written from their documentation, and of Classroom 50 after its own schema. */

const text = { type: "string" };
const points = { type: "number", minimum: 0 };
const format = { enum: ["text", "html", "simple_format", "md", "ansi"] };
const visibility = { enum: ["visible", "hidden", "after_due_date", "after_published"] };

export const GRADESCOPE = {
  type: "object",
  additionalProperties: false,
  anyOf: [{ required: ["score"] }, { required: ["tests"] }],
  properties: {
    score: { type: "number" },
    execution_time: { type: "number" },
    output: text,
    output_format: format,
    test_output_format: format,
    test_name_format: format,
    visibility,
    stdout_visibility: visibility,
    extra_data: { type: "object" },
    leaderboard: { type: "array" },
    tests: {
      type: "array",
      items: {
        type: "object",
        additionalProperties: false,
        properties: {
          score: { type: "number" },
          max_score: { type: "number" },
          status: { enum: ["passed", "failed"] },
          name: text,
          name_format: format,
          number: text,
          output: text,
          output_format: format,
          tags: { type: "array", items: text },
          visibility,
          extra_data: { type: "object" },
        },
      },
    },
  },
};

const time = { type: "string", pattern: "^\\d{4}-\\d{2}-\\d{2}T([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\dZ$" };
const filled = { type: "string", minLength: 1 };
const whole = { type: "integer", minimum: 0 };

export const CLASSROOM50 = {
  type: "object",
  additionalProperties: false,
  required: [
    ...["schema", "classroom", "assignment", "assignment_type", "owner", "submission", "commit"],
    ...["release", "review", "datetime", "score", "max-score", "tests"],
  ],
  properties: {
    schema: { const: "classroom50/result/v1" },
    classroom: filled,
    assignment: filled,
    assignment_type: { enum: ["individual", "group"] },
    owner: filled,
    submission: { type: "string", pattern: "^submit/" },
    commit: filled,
    release: filled,
    review: filled,
    datetime: time,
    graded_at: time,
    score: whole,
    "max-score": whole,
    tests: {
      type: "array",
      items: {
        type: "object",
        required: ["test-name", "passed", "score", "max-score"],
        properties: { "test-name": filled, passed: { type: "boolean" }, score: whole, "max-score": whole },
      },
    },
  },
};

export const GITHUB_CLASSROOM = {
  type: "object",
  additionalProperties: false,
  required: ["version", "status", "max_score", "tests"],
  properties: {
    version: { const: 1 },
    status: { enum: ["pass", "fail", "error"] },
    max_score: points,
    tests: {
      type: "array",
      items: {
        type: "object",
        additionalProperties: false,
        required: [
          "name",
          "status",
          "score",
          "message",
          "test_code",
          "filename",
          "line_no",
          "execution_time",
        ],
        properties: {
          name: filled,
          status: { enum: ["pass", "fail", "error"] },
          score: points,
          max_score: points,
          message: text,
          test_code: text,
          filename: text,
          line_no: whole,
          execution_time: { type: "string", pattern: "^[\\d.]+s$" },
        },
      },
    },
  },
};

export const PRAIRIELEARN = {
  type: "object",
  additionalProperties: false,
  required: ["gradable", "score"],
  properties: {
    gradable: { type: "boolean" },
    score: { type: "number", minimum: 0, maximum: 1 },
    message: text,
    output: text,
    tests: {
      type: "array",
      items: {
        type: "object",
        additionalProperties: false,
        required: ["name", "points", "max_points"],
        properties: {
          name: filled,
          description: text,
          points,
          max_points: points,
          message: text,
          output: text,
        },
      },
    },
  },
};

const perhaps = { type: ["string", "null"] };

export const EXERCISM = {
  type: "object",
  additionalProperties: false,
  required: ["version", "status"],
  properties: {
    version: { const: 3 },
    status: { enum: ["pass", "fail", "error"] },
    message: perhaps,
    tests: {
      type: "array",
      minItems: 1,
      items: {
        type: "object",
        additionalProperties: false,
        required: ["name", "status", "test_code"],
        properties: {
          name: filled,
          status: { enum: ["pass", "fail", "error"] },
          message: perhaps,
          output: { type: ["string", "null"], maxLength: 500 },
          test_code: text,
          task_id: { type: "integer", minimum: 1 },
        },
      },
    },
  },
  anyOf: [
    {
      properties: { status: { const: "error" }, message: { type: "string", minLength: 1 } },
      required: ["message"],
    },
    { properties: { status: { enum: ["pass", "fail"] } }, required: ["tests"] },
  ],
};
