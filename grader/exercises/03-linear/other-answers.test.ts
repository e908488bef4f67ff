import { tryOtherAnswers, USUAL } from "../../fixtures/answers/try-answers.fixture.ts";

tryOtherAnswers("03-linear", USUAL);
