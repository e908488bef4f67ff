import { tryOtherAnswers, USUAL } from "../../fixtures/answers/try-answers.fixture.ts";

tryOtherAnswers("05-coupling", USUAL);
