import { z } from "zod";

const source = z
  .object({
    pointer: z.string().optional().describe("A JSON pointer into the body."),
    parameter: z.string().optional().describe("A parameter of the path or the query."),
    line: z.string().optional().describe("A line of the file, the header being 1; N/A where there is none."),
    resource: z.string().optional().describe("What the request is about."),
  })
  .describe("Where: exactly one of these.");

const errors = z
  .array(z.object({ title: z.string(), details: z.string().optional(), source }))
  .describe("What is wrong, each with its place and the mend; the first hundred.");

/** A refusal, as its body says it. */
export const errorModel = z
  .object({ message: z.string().describe("What is wrong, in a sentence."), errors: errors.optional() })
  .meta({ id: "ErrorResponse" });

/** The same with the status, as Talon.One's clients read it of some refusals. */
export const codedErrorModel = errorModel.extend({ StatusCode: z.int() }).meta({ id: "ErrorResponseWithStatus" });
