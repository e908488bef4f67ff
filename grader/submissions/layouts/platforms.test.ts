import { expect, test } from "vitest";
import { zip } from "../files/archive.fixture.ts";
import { type Entry, readClass } from "../people/class.fixture.ts";

const nb = "01-change-of-variables.ipynb";
const sq = "16-1-square.ts";
const si = "16-2-sigmoid.ts";

interface Case {
  readonly entries: readonly Entry[];
  /** What each gets graded, or why nothing. */
  readonly people: Record<string, readonly string[] | RegExp>;
  readonly beside?: readonly string[];
  readonly notes?: Record<string, RegExp>;
}

const receipts = (assignment: string, who: string, ...attempts: string[]) =>
  attempts.map((attempt): Entry => `${assignment}_${who}_attempt_${attempt}.txt`);

const cases: Record<string, Record<string, Case>> = {
  moodle: {
    "folders, equal names, typed text, groups, participants": {
      entries: [
        `Learner One_4711_assignsubmission_file/${nb}`,
        "Learner One_4711_assignsubmission_onlinetext/onlinetext.html",
        `Learner One_4712_assignsubmission_file/${sq}`,
        `Anna-Lena Ö'Neill_4713_assignsubmission_file/week 1/my answers.ipynb`,
        "Learner Four_4714_assignsubmission_file/notebook.pdf",
        "Learner Five_4715_assignsubmission_onlinetext/onlinetext.html",
        `Participant_4716_assignsubmission_file/${nb}`,
        `Group A_17_assignsubmission_file/${nb}`,
        `Default group_assignsubmission_file/${nb}`,
      ],
      people: {
        "Learner One_4711": [`16.1 Learner One_4711_assignsubmission_file/${nb}`],
        "Learner One_4712": [`16.1 Learner One_4712_assignsubmission_file/${sq}`],
        "Anna-Lena Ö'Neill_4713": [
          "16.1 Anna-Lena Ö'Neill_4713_assignsubmission_file/week 1/my answers.ipynb",
        ],
        "Learner Four_4714": /notebook\.pdf: not a notebook or TypeScript file/,
        "Learner Five_4715": /text typed into Moodle/,
        Participant_4716: [`16.1 Participant_4716_assignsubmission_file/${nb}`],
        "Group A_17": [`16.1 Group A_17_assignsubmission_file/${nb}`],
        "Default group": [`16.1 Default group_assignsubmission_file/${nb}`],
      },
    },
    flat: {
      entries: [
        `Learner One_4711_assignsubmission_file_${nb}`,
        `Learner Two_4712_assignsubmission_file_${sq}`,
        `Learner Two_4712_assignsubmission_file_${si}`,
        "Learner Four_4714_assignsubmission_file_notebook.pdf",
        "Learner Six_4716_assignsubmission_file_answers.7z",
        "Learner Six_4716_assignsubmission_onlinetext_onlinetext.html",
        `u1234567 Learner Seven_4717_assignsubmission_file_${nb}`,
      ],
      people: {
        "Learner One_4711": [`16.1 Learner One_4711_assignsubmission_file_${nb}`],
        "Learner Two_4712": [
          `16.1 Learner Two_4712_assignsubmission_file_${sq}`,
          `16.2 Learner Two_4712_assignsubmission_file_${si}`,
        ],
        "Learner Four_4714": /notebook\.pdf/,
        "Learner Six_4716": /not a zip archive/,
        "u1234567 Learner Seven_4717": [`16.1 u1234567 Learner Seven_4717_assignsubmission_file_${nb}`],
      },
    },
    "a learner's file that is named like another's": {
      entries: [
        `Eve_1_assignsubmission_file_Bob_2_assignsubmission_file_${sq}`,
        `Bob_2_assignsubmission_file_${nb}`,
        `Participant 123_assignsubmission_file_${sq}`,
      ],
      people: {
        Eve_1: [`16.1 Eve_1_assignsubmission_file_Bob_2_assignsubmission_file_${sq}`],
        Bob_2: [`16.1 Bob_2_assignsubmission_file_${nb}`],
        "Participant 123": [`16.1 Participant 123_assignsubmission_file_${sq}`],
      },
    },
    "one person, folder names with the final line of older versions, inside the course's name": {
      entries: [`FLOW-1-Week 1-123/Jürgen_99_assignsubmission_file_/${sq}`, "FLOW-1-Week 1-123/.DS_Store"],
      people: {
        "FLOW-1-Week 1-123/Jürgen_99": [`16.1 FLOW-1-Week 1-123/Jürgen_99_assignsubmission_file_/${sq}`],
      },
      beside: ["FLOW-1-Week 1-123/.DS_Store"],
    },
    "beside a handout, a list of grades and a teacher's feedback": {
      entries: [
        `山田 花子_1_assignsubmission_file/exercises/01-change-of-variables/${sq}`,
        `山田 花子_1_assignsubmission_file/solutions/01-change-of-variables/${sq}`,
        `山田 花子_1_assignfeedback_file/${nb}`,
        `B_2_assignsubmission_file/${nb}`,
        `C_3_assignsubmission_comments/comments.html`,
        "grades.csv",
      ],
      people: {
        "山田 花子_1": [`16.1 山田 花子_1_assignsubmission_file/exercises/01-change-of-variables/${sq}`],
        B_2: [`16.1 B_2_assignsubmission_file/${nb}`],
        C_3: /Moodle's comments/,
      },
      beside: ["grades.csv"],
      notes: { "山田 花子_1": /its solutions\/ were not taken/ },
    },
  },
  canvas: {
    "late, uploaded again, typed, unreadable": {
      entries: [
        `oneanna_101_4711_${nb}`,
        "twobob_LATE_102_4712_01-change-of-variables-1.ipynb",
        `threecyd_103_4713_${sq}`,
        "threecyd_103_4714_16-2-sigmoid-2.ts",
        "fourdan_104_4715_report.pdf",
        "fiveeve_105_4716_text.html",
        `sixfay_106_4717_${nb}.txt`,
        "sevengil_107_4718_answers.rar",
        "eighthal_108_link.html",
      ],
      people: {
        oneanna_101: [`16.1 oneanna_101_4711_${nb}`],
        twobob_102: ["16.1 twobob_LATE_102_4712_01-change-of-variables-1.ipynb"],
        threecyd_103: [`16.1 threecyd_103_4713_${sq}`, "16.2 threecyd_103_4714_16-2-sigmoid-2.ts"],
        fourdan_104: /report\.pdf/,
        fiveeve_105: /typed into Canvas/,
        sixfay_106: /should end in \.ipynb/,
        sevengil_107: /not a zip archive/,
        eighthal_108: /a link, not a file/,
      },
    },
    anonymous: {
      entries: [
        `anon_ab1Cd_4711_${nb}`,
        `LATE_anon_Zz9yX_4712_${nb}`,
        `anon_q7Rst_4713_${sq}`,
        `anon_q7Rst_4714_${si}`,
        "anon_p3Qrs_text.html",
      ],
      people: {
        anon_ab1Cd: [`16.1 anon_ab1Cd_4711_${nb}`],
        anon_Zz9yX: [`16.1 LATE_anon_Zz9yX_4712_${nb}`],
        anon_q7Rst: [`16.1 anon_q7Rst_4713_${sq}`, `16.2 anon_q7Rst_4714_${si}`],
        anon_p3Qrs: /typed into Canvas/,
      },
    },
    "the later of two uploads of a file, by the upload's number": {
      entries: [`müllerjo_9_20010_${sq}`, "müllerjo_9_9999_16-1-square-1.ts", `o_neil_10_20011_${sq}`],
      people: { müllerjo_9: [`16.1 müllerjo_9_20010_${sq}`], o_neil_10: [`16.1 o_neil_10_20011_${sq}`] },
      notes: { müllerjo_9: /16\.1 is answered 2 times; graded: .*20010/ },
    },
    "one person only, an archive": {
      entries: [["adal_7_777_work.zip", zip([{ name: `hand in/${sq}`, content: "inner" }])]],
      people: { adal_7: ["16.1 inner"] },
    },
    "archives that somebody unpacked": {
      entries: [`adal_7_777_work/${sq}`, `bobb_8_778_work/${nb}`, `bobb_8_778_work/deep/${si}`],
      people: {
        adal_7: [`16.1 adal_7_777_work/${sq}`],
        bobb_8: [`16.1 bobb_8_778_work/${nb}`, `16.2 bobb_8_778_work/deep/${si}`],
      },
    },
  },
  gradescope: {
    "with its list of people": {
      entries: [
        [
          "assignment_1_export/submission_metadata.yml",
          "submission_11:\n  :submitters:\n  - :name: Ada Lovelace\n    :sid: '1'\n  :created_at: now\n  :history:\n  - :id: 10\n    :submitters:\n    - :name: Nobody\nsubmission_12:\n  :submitters:\n  - :name: 'Bob O''Neill'\n  - :name: Grace\n",
        ],
        `assignment_1_export/submission_11/${sq}`,
        `assignment_1_export/submission_12/work/${nb}`,
        "assignment_1_export/submission_13/essay.docx",
      ],
      people: {
        "assignment_1_export/Ada Lovelace (submission_11)": [`16.1 assignment_1_export/submission_11/${sq}`],
        "assignment_1_export/Bob O'Neill, Grace (submission_12)": [
          `16.1 assignment_1_export/submission_12/work/${nb}`,
        ],
        "assignment_1_export/submission_13": /essay\.docx/,
      },
      beside: ["assignment_1_export/submission_metadata.yml"],
    },
    "without the list": {
      entries: [`submission_1/${sq}`, `submission_2/${sq}`],
      people: { submission_1: [`16.1 submission_1/${sq}`], submission_2: [`16.1 submission_2/${sq}`] },
    },
    "one person, an empty submission": {
      entries: ["submission_5/", `submission_6/metadata.yml`, `submission_6/${sq}`],
      people: { submission_5: /no file was handed in/, submission_6: [`16.1 submission_6/${sq}`] },
    },
  },
  blackboard: {
    "attempts, several files, an archive, no file": {
      entries: [
        ...receipts("Week 1", "u1", "2025-03-03-10-00-00", "2025-03-03-18-30-00"),
        `Week 1_u1_attempt_2025-03-03-10-00-00_${nb}`,
        `Week 1_u1_attempt_2025-03-03-18-30-00_${nb}`,
        ...receipts("Week 1", "u2", "2025-03-03-11-00-00"),
        `Week 1_u2_attempt_2025-03-03-11-00-00_${sq}`,
        `Week 1_u2_attempt_2025-03-03-11-00-00_${si}`,
        ...receipts("Week 1", "u4", "2025-03-03-12-30-00"),
        ["Week 1_u5_attempt_2025-03-03-12-40-00_answers.zip", zip([{ name: sq, content: "inner" }])],
      ],
      people: {
        u1: [`16.1 Week 1_u1_attempt_2025-03-03-18-30-00_${nb}`],
        u2: [
          `16.1 Week 1_u2_attempt_2025-03-03-11-00-00_${sq}`,
          `16.2 Week 1_u2_attempt_2025-03-03-11-00-00_${si}`,
        ],
        u4: /Blackboard's receipt/,
        u5: ["16.1 inner"],
      },
      notes: { u1: /attempt 2025-03-03-18-30-00 counts; set aside: 2025-03-03-10-00-00/ },
    },
    "a later attempt that holds nothing to grade": {
      entries: [
        `HW_ada_attempt_2025-01-01-00-00-00_${sq}`,
        "HW_ada_attempt_2025-01-02-00-00-00_photo.jpg",
        `HW_bob_attempt_2025-01-02-00-00-00_${sq}`,
      ],
      people: {
        ada: [`16.1 HW_ada_attempt_2025-01-01-00-00-00_${sq}`],
        bob: [`16.1 HW_bob_attempt_2025-01-02-00-00-00_${sq}`],
      },
      notes: { ada: /attempt 2025-01-01-00-00-00 counts; set aside: 2025-01-02-00-00-00/ },
    },
    "users and assignments with underscores": {
      entries: [
        `My_week_ada_l_attempt_2025-01-01-00-00-00_${sq}`,
        `My_week_bob_l_attempt_2025-01-01-00-00-00_${sq}`,
      ],
      people: {
        ada_l: [`16.1 My_week_ada_l_attempt_2025-01-01-00-00-00_${sq}`],
        bob_l: [`16.1 My_week_bob_l_attempt_2025-01-01-00-00-00_${sq}`],
      },
    },
    "a learner's file that is named like another's": {
      entries: [
        `W_eve_attempt_2025-01-01-00-00-00_W_bob_attempt_2026-01-01-00-00-00_${sq}`,
        `W_bob_attempt_2025-01-01-00-00-00_${sq}`,
      ],
      people: {
        eve: [`16.1 W_eve_attempt_2025-01-01-00-00-00_W_bob_attempt_2026-01-01-00-00-00_${sq}`],
        bob: [`16.1 W_bob_attempt_2025-01-01-00-00-00_${sq}`],
      },
    },
    "one person": {
      entries: [
        `Übung 1_jo_attempt_2025-01-01-00-00-00_${nb}`,
        ...receipts("Übung 1", "jo", "2025-01-01-00-00-00"),
      ],
      people: { jo: [`16.1 Übung 1_jo_attempt_2025-01-01-00-00-00_${nb}`] },
    },
  },
  brightspace: {
    "folders, two submissions of one person, equal names": {
      entries: [
        "index.html",
        `397063-255 - Mary-Ann Smith - Sep 24, 2024 926 PM/${sq}`,
        `397063-255 - Mary-Ann Smith - Oct 2, 2024 900 AM/${sq}`,
        `397064-255 - Mary-Ann Smith - Sep 24, 2024 1159 PM/${nb}`,
        "397065-255 - John Doe - Sep 24, 2024 926 PM/notes.docx",
      ],
      people: {
        "Mary-Ann Smith (397063-255)": [`16.1 397063-255 - Mary-Ann Smith - Oct 2, 2024 900 AM/${sq}`],
        "Mary-Ann Smith (397064-255)": [`16.1 397064-255 - Mary-Ann Smith - Sep 24, 2024 1159 PM/${nb}`],
        "John Doe (397065-255)": /notes\.docx/,
      },
      beside: ["index.html"],
      notes: { "Mary-Ann Smith (397063-255)": /2024-10-02 09:00 counts; set aside: 2024-09-24 21:26/ },
    },
    "a notebook handed in again takes the earlier one's place whole, also across the year's end": {
      entries: [
        "index.html",
        `101-7 - Sam Sampling - Dec 31, 2024 1159 PM/${nb}`,
        `101-7 - Sam Sampling - Jan 2, 2025 1201 AM/${nb}`,
      ],
      people: {
        "Sam Sampling (101-7)": [`16.1 101-7 - Sam Sampling - Jan 2, 2025 1201 AM/${nb}`],
      },
      beside: ["index.html"],
      notes: { "Sam Sampling (101-7)": /2025-01-02 00:01 counts; set aside: 2024-12-31 23:59/ },
    },
    "what was added later counts with what was there": {
      entries: [
        `1-2 - Ada - 24 September, 2024 9 26/${sq}`,
        `1-2 - Ada - 25 September, 2024 9 26/${si}`,
        `3-2 - Bob - 25 September, 2024 9 26/${si}`,
      ],
      people: {
        "Ada (1-2)": [
          `16.1 1-2 - Ada - 24 September, 2024 9 26/${sq}`,
          `16.2 1-2 - Ada - 25 September, 2024 9 26/${si}`,
        ],
        "Bob (3-2)": [`16.2 3-2 - Bob - 25 September, 2024 9 26/${si}`],
      },
    },
    flat: {
      entries: [
        `11-22 - Jürgen Groß - Sep 24, 2024 926 PM - ${sq}`,
        `12-22 - Ada - Sep 24, 2024 926 PM - ${nb}`,
      ],
      people: {
        "Jürgen Groß (11-22)": [`16.1 11-22 - Jürgen Groß - Sep 24, 2024 926 PM - ${sq}`],
        "Ada (12-22)": [`16.1 12-22 - Ada - Sep 24, 2024 926 PM - ${nb}`],
      },
    },
  },
  sakai: {
    "a teacher's feedback is never the learner's": {
      entries: [
        "Week 1/grades.csv",
        "Week 1/One, Learner(u1)/timestamp.txt",
        "Week 1/One, Learner(u1)/comments.txt",
        "Week 1/One, Learner(u1)/One, Learner(u1)_submissionText.html",
        `Week 1/One, Learner(u1)/Submission attachment(s)/${nb}`,
        `Week 1/One, Learner(u1)/Feedback Attachment(s)/${sq}`,
        "Week 1/Two, Learner(u2)/timestamp.txt",
        `Week 1/Two, Learner(u2)/Feedback Attachment(s)/${nb}`,
      ],
      people: {
        "Week 1/One, Learner(u1)": [`16.1 Week 1/One, Learner(u1)/Submission attachment(s)/${nb}`],
        "Week 1/Two, Learner(u2)": /the teacher's feedback/,
      },
      beside: ["Week 1/grades.csv"],
    },
    "one person, deep folders, umlauts": {
      entries: [
        "Aufgabe 1/Groß, Jürgen(jg)/timestamp.txt",
        `Aufgabe 1/Groß, Jürgen(jg)/Submission attachment(s)/abc/exercises/01-change-of-variables/${sq}`,
      ],
      people: {
        "Aufgabe 1/Groß, Jürgen(jg)": [
          `16.1 Aufgabe 1/Groß, Jürgen(jg)/Submission attachment(s)/abc/exercises/01-change-of-variables/${sq}`,
        ],
      },
    },
    "equal names, only empty folders": {
      entries: [
        `W/A, B(1)/Submission attachment(s)/${sq}`,
        `W/A, B(2)/Submission attachment(s)/`,
        "W/A, B(2)/timestamp.txt",
      ],
      people: { "W/A, B(1)": [`16.1 W/A, B(1)/Submission attachment(s)/${sq}`], "W/A, B(2)": /Sakai's own/ },
    },
  },
  teams: {
    "versions, drafts": {
      entries: [
        `Class - Student Work/Submitted files/Ada/Week 1/${sq}`,
        `Class - Student Work/Submitted files/Bob/Week 1/Version 2/${sq}`,
        `Class - Student Work/Submitted files/Bob/Week 1/Version 10/${sq}`,
        `Class - Student Work/Working files/Ada/Week 1/${si}`,
        `Class - Student Work/Working files/Cyd/Week 1/${si}`,
      ],
      people: {
        Ada: [`16.1 Class - Student Work/Submitted files/Ada/Week 1/${sq}`],
        Bob: [`16.1 Class - Student Work/Submitted files/Bob/Week 1/Version 10/${sq}`],
        Cyd: /a draft that was not turned in/,
      },
      notes: { Bob: /attempt 10 counts; set aside: 2/ },
    },
    "a person's folder with versions": {
      entries: [`Lovelace, Ada/Version 1/${sq}`, `Lovelace, Ada/Version 2/${si}`, `Groß, Jo/Version 1/${nb}`],
      people: {
        "Lovelace, Ada": [`16.2 Lovelace, Ada/Version 2/${si}`],
        "Groß, Jo": [`16.1 Groß, Jo/Version 1/${nb}`],
      },
      notes: { "Lovelace, Ada": /attempt 2 counts; set aside: 1/ },
    },
    "two assignments, each with its versions": {
      entries: [
        `Submitted files/Ada/Week 1/Version 2/${sq}`,
        `Submitted files/Ada/Week 1/Version 1/${sq}`,
        `Submitted files/Ada/Week 2/Version 1/${si}`,
      ],
      people: {
        Ada: [
          `16.1 Submitted files/Ada/Week 1/Version 2/${sq}`,
          `16.2 Submitted files/Ada/Week 2/Version 1/${si}`,
        ],
      },
      notes: { Ada: /Week 1: attempt 2 counts; set aside: 1/ },
    },
  },
  "google-forms": {
    "copies, double endings": {
      entries: [
        "Week 1 (File responses)/01-change-of-variables - Learner One.ipynb",
        "Week 1 (File responses)/Copy of 01-change-of-variables - Learner Two.ipynb",
        "Week 1 (File responses)/Untitled0.ipynb - Learner Three.ipynb",
        "Week 1 (File responses)/essay - Learner Four.pdf",
      ],
      people: {
        "Week 1 (File responses)/Learner One": [
          "16.1 Week 1 (File responses)/01-change-of-variables - Learner One.ipynb",
        ],
        "Week 1 (File responses)/Learner Two": [
          "16.1 Week 1 (File responses)/Copy of 01-change-of-variables - Learner Two.ipynb",
        ],
        "Week 1 (File responses)/Learner Three": [
          "16.1 Week 1 (File responses)/Untitled0.ipynb - Learner Three.ipynb",
        ],
        "Week 1 (File responses)/Learner Four": /essay - Learner Four\.pdf/,
      },
    },
    "two files of a person, an upload that was repeated": {
      entries: [
        "16-1-square - Ada L.ts",
        "16-2-sigmoid - Ada L.ts",
        "16-1-square - Ada L (1).ts",
        "16-1-square - Jürgen Groß.ts",
      ],
      people: {
        "Ada L": ["16.1 16-1-square - Ada L (1).ts", "16.2 16-2-sigmoid - Ada L.ts"],
        "Jürgen Groß": ["16.1 16-1-square - Jürgen Groß.ts"],
      },
      notes: { "Ada L": /16\.1 is answered 2 times/ },
    },
    "persons told apart by a number": {
      entries: ["01-change-of-variables - learner-01.ipynb", "01-change-of-variables - learner-02.ipynb"],
      people: {
        "learner-01": ["16.1 01-change-of-variables - learner-01.ipynb"],
        "learner-02": ["16.1 01-change-of-variables - learner-02.ipynb"],
      },
    },
  },
  nbgrader: {
    "a course's folder: what is the teacher's answers nothing": {
      entries: [
        "nbgrader_config.py",
        "gradebook.db",
        `source/ps1/${nb}`,
        `release/ps1/${nb}`,
        `submitted/ada/ps1/${nb}`,
        "submitted/ada/ps1/timestamp.txt",
        `submitted/bob/ps1/${sq}`,
        `autograded/ada/ps1/${nb}`,
        `feedback/ada/ps1/01-change-of-variables.html`,
        "submitted/cyd/ps1/",
      ],
      people: {
        ada: [`16.1 submitted/ada/ps1/${nb}`],
        bob: [`16.1 submitted/bob/ps1/${sq}`],
        cyd: /no file was handed in/,
      },
      beside: [
        "autograded/ada/ps1/01-change-of-variables.ipynb",
        "feedback/ada/ps1/01-change-of-variables.html",
        "gradebook.db",
        "nbgrader_config.py",
        "release/ps1/01-change-of-variables.ipynb",
        "source/ps1/01-change-of-variables.ipynb",
      ],
    },
    "only submitted/, two assignments": {
      entries: [`submitted/ada/ps1/${sq}`, `submitted/ada/ps2/${si}`, `submitted/bob/ps2/${si}`],
      people: {
        ada: [`16.1 submitted/ada/ps1/${sq}`, `16.2 submitted/ada/ps2/${si}`],
        bob: [`16.2 submitted/bob/ps2/${si}`],
      },
    },
    "an exchange's inbound/": {
      entries: [
        `inbound/ada+ps1+2025-03-03 10:00:00 UTC+ab12/${sq}`,
        `inbound/ada+ps1+2025-03-04 10:00:00 UTC+cd34/${sq}`,
        `inbound/bob+ps1+2025-03-03 10:00:00 UTC+ef56/${nb}`,
      ],
      people: {
        ada: [`16.1 inbound/ada+ps1+2025-03-04 10:00:00 UTC+cd34/${sq}`],
        bob: [`16.1 inbound/bob+ps1+2025-03-03 10:00:00 UTC+ef56/${nb}`],
      },
      notes: { ada: /ps1: attempt 2025-03-04 10:00:00 UTC counts; set aside: 2025-03-03/ },
    },
  },
  github: {
    "clones of whole courses": {
      entries: ["ada", "bob"].flatMap((who): Entry[] => [
        `hw1-${who}/.git/HEAD`,
        `hw1-${who}/README.md`,
        `hw1-${who}/exercises/01-change-of-variables/${sq}`,
        `hw1-${who}/solutions/01-change-of-variables/${sq}`,
        `hw1-${who}/lib/index.ts`,
      ]),
      people: {
        "hw1-ada": [`16.1 hw1-ada/exercises/01-change-of-variables/${sq}`],
        "hw1-bob": [`16.1 hw1-bob/exercises/01-change-of-variables/${sq}`],
      },
    },
    "downloads of repositories": {
      entries: [`flow-week-1-ada-main/${sq}`, `flow-week-1-jo-master/${nb}`],
      people: {
        "flow-week-1-ada": [`16.1 flow-week-1-ada-main/${sq}`],
        "flow-week-1-jo": [`16.1 flow-week-1-jo-master/${nb}`],
      },
    },
    "GitHub Classroom, one without a push": {
      entries: [
        `week1-submissions/week1-ada/.github/workflows/classroom.yml`,
        `week1-submissions/week1-ada/${sq}`,
        `week1-submissions/week1-bob/.gitignore`,
        `week1-submissions/week1-bob/README.md`,
      ],
      people: {
        "week1-submissions/week1-ada": [`16.1 week1-submissions/week1-ada/${sq}`],
        "week1-submissions/week1-bob": /README\.md: not a notebook/,
      },
    },
  },
};

for (const [layout, ofLayout] of Object.entries(cases)) {
  test.each(Object.entries(ofLayout))(
    `${layout}: %s`,
    async (_what, { entries, people, beside = [], notes = {} }) => {
      const read = await readClass(entries);
      expect(read.layout).toBe(layout);
      expect(Object.keys(read.people).toSorted()).toEqual(Object.keys(people).toSorted());
      for (const [who, due] of Object.entries(people)) {
        if (due instanceof RegExp) expect(read.people[who]).toMatch(due);
        else expect((read.people[who] as string[]).toSorted()).toEqual(due);
      }
      expect(read.beside).toEqual(beside);
      for (const [who, note] of Object.entries(notes)) expect(read.notes[who]?.join("\n")).toMatch(note);
      expect(read.lost).toEqual([]);
    },
  );
}
