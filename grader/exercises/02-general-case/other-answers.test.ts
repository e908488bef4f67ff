import { tryOtherAnswers } from "../../fixtures/answers/try-answers.fixture.ts";

tryOtherAnswers("02-general-case");
