import { tryOtherAnswers } from "../../fixtures/answers/try-answers.fixture.ts";

tryOtherAnswers("04-elementwise");
