import { tryOtherAnswers } from "../../fixtures/answers/try-answers.fixture.ts";

tryOtherAnswers("03-linear");
