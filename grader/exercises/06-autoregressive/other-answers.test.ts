import { tryOtherAnswers } from "../../fixtures/answers/try-answers.fixture.ts";

tryOtherAnswers("06-autoregressive");
