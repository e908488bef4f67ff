import { tryOtherAnswers, USUAL } from "../../fixtures/answers/try-answers.fixture.ts";

tryOtherAnswers("04-elementwise", USUAL);
