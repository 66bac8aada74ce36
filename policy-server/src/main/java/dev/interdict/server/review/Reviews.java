package dev.interdict.server.review;

import static dev.interdict.server.publish.PublishOutcome.Reason.CONFLICT;
import static dev.interdict.server.publish.PublishOutcome.Reason.CONTENT;

import dev.interdict.identity.Printable;
import dev.interdict.json.Json;
import dev.interdict.policy.Enforcement;
import dev.interdict.server.events.EventKind;
import dev.interdict.server.review.DraftOutcome.NotDone;
import dev.interdict.server.review.StoredDraft.Review;
import dev.interdict.server.wording.Sentence;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Two people agree to what makes agents do more. Whoever wrote any text of the draft, or submitted
/// it, cannot be the second. The agreement holds for one text, against one rule in force, for
/// [#APPROVAL_HOLDS]. Thread-safe.
public final class Reviews {
  /// How long an approved draft may wait for its publication.
  public static final Duration APPROVAL_HOLDS = Duration.ofHours(72);

  /// How long a list that was made while the approval held may wait for people to sign it.
  static final Duration SIGNING_TAKES = Duration.ofDays(14);

  /// How much of a SHA-256 a reviewer has to name.
  static final int LEAST_DIGITS = 12;

  private static final int MOST_TEXT = 1000;

  private final Drafts drafts;
  private final Examiner examiner;
  private final Previews previews;

  public Reviews(Drafts drafts, Examiner examiner, Previews previews) {
    this.drafts = drafts;
    this.examiner = examiner;
    this.previews = previews;
  }

  /// Asks for a second person.
  ///
  /// @param seen the draft as whoever submits it has it before their eyes
  public DraftOutcome submit(Person by, StoredDraft seen, @Nullable String note) {
    return submit(by, seen, note, null);
  }

  /// Asks for a second person.
  ///
  /// @param fewLooked why it is to be submitted although few workstations have looked
  public DraftOutcome submit(
      Person by, StoredDraft seen, @Nullable String note, @Nullable String fewLooked) {
    var newest = drafts.newest(seen);
    var examined = examiner.examine(name(seen), newest.content());
    var preview = previews.newest(newest.sha256()).orElse(null);
    var hindrance = hindrance(seen, examined, preview, fewLooked != null);
    if (hindrance != null) {
      return hindrance;
    }
    return drafts.change(rows -> {
      need(by.mayWrite(), by, "author or approver", "submit");
      check(note);
      check(fewLooked);
      // Also once more, where a review or an approval came to nothing.
      var draft = rows.need(seen);
      rows.update(
          draft,
          "state = ?, submitted_at = ?, submitted_by = ?, submitted_note = ?, sha256 = ?,"
              + " base_sha256 = ?, preview_id = ?, decided_at = null, decided_by = null,"
              + " decided_note = null, samples_seen = null, approved_until = null, handed_out_at ="
              + " null, few_looked = ?",
          DraftState.IN_REVIEW.written(),
          rows.now().toEpochMilli(),
          by.name(),
          note,
          newest.sha256(),
          examined.base(),
          preview == null ? null : preview.number(),
          preview != null && preview.isDim() ? fewLooked : null);
      rows.told(EventKind.RULE_SUBMITTED, by, draft, note);
      rows.noted(
          by,
          "draft.submit",
          draft.number(),
          Json.object()
              .put("revision", draft.revision())
              .put("sha256", newest.sha256())
              .put("base", examined.base())
              .put("preview", preview == null ? "none" : preview.id())
              .put("few-looked", fewLooked));
      return rows.need(draft.number());
    });
  }

  private @Nullable NotDone hindrance(
      StoredDraft draft, Examination examined, @Nullable Preview preview, boolean answered) {
    if (!examined.isPublishable()) {
      return new NotDone(
          CONTENT,
          Sentence.of(
              "draft.lint", "lint found errors; see: interdict draft lint %s", draft.number()));
    }
    if (examined.direction().isSafe()) {
      return new NotDone(
          CONTENT,
          Sentence.of(
              "draft.needs-nobody",
              "it makes agents do no more than before, so it needs nobody else: interdict draft"
                  + " publish %s",
              draft.number()));
    }
    var old = previews.staleness(preview);
    if (preview == null || old != null) {
      return new NotDone(
          CONTENT,
          Sentence.of(
              "draft.needs-preview",
              "%s; take one: interdict draft preview %s",
              old == null
                  ? Sentence.of("draft.no-preview", "there is no preview of this text")
                  : old,
              draft.number()));
    }
    var rule = Objects.requireNonNull(examined.draft(), "it is publishable").rule();
    if (rule.enforcement().compareTo(Enforcement.BLOCK) >= 0 && preview.isBlind()) {
      return new NotDone(
          CONTENT,
          Sentence.of(
              "draft.nobody-looked",
              "no workstation has looked for what this draft recognises, so nobody knows whom it"
                  + " would hit. Let them look first, which takes nothing away: interdict draft"
                  + " observe %s",
              draft.number()));
    }
    if (rule.enforcement().compareTo(Enforcement.BLOCK) >= 0 && preview.isDim() && !answered) {
      return new NotDone(
          CONTENT,
          Sentence.of(
              "draft.few-looked",
              "%s, or nobody knows whom it would hit. Wait for them and preview again; or answer"
                  + " for it, which the reviewer has to agree to: --few-looked REASON",
              preview.lookedWords()));
    }
    return null;
  }

  /// Agrees.
  ///
  /// @param sha256 the first digits of that of the text that the reviewer read
  /// @param samplesSeen whether the reviewer says to have looked at the matches in the preview
  public DraftOutcome approve(
      Person by, StoredDraft seen, String sha256, boolean samplesSeen, @Nullable String note) {
    return approve(by, seen, sha256, samplesSeen, false, note);
  }

  /// Agrees.
  ///
  /// @param sha256 the first digits of that of the text that the reviewer read
  /// @param samplesSeen whether the reviewer says to have looked at the matches in the preview
  /// @param fewAccepted whether the reviewer too answers for how few workstations have looked
  public DraftOutcome approve(
      Person by,
      StoredDraft seen,
      String sha256,
      boolean samplesSeen,
      boolean fewAccepted,
      @Nullable String note) {
    var examined = examiner.examine(name(seen), drafts.newest(seen).content());
    return drafts.change(rows -> {
      var review = reviewed(rows, by, seen);
      check(note);
      if (sha256.length() < LEAST_DIGITS || !review.sha256().startsWith(sha256)) {
        throw new UndoneException(
            sha256.length() < LEAST_DIGITS ? CONTENT : CONFLICT,
            Sentence.of(
                "review.digits",
                "name the text that you agree to by %s digits or more of its SHA-256, as interdict"
                    + " draft show %s prints it; it does not begin with %s",
                LEAST_DIGITS,
                seen.number(),
                Printable.of(sha256, 64)));
      }
      if (!examined.isPublishable()) {
        throw new UndoneException(
            CONTENT,
            Sentence.of(
                "review.lint",
                "lint finds errors by now; see: interdict draft lint %s",
                seen.number()));
      }
      if (!examined.base().equals(review.base())) {
        throw new UndoneException(CONFLICT, moved(seen));
      }
      var preview = previews.need(review);
      var old = previews.staleness(preview);
      if (old != null) {
        throw new UndoneException(
            CONTENT,
            Sentence.of("review.stale", "%s; it is to be previewed and submitted again", old));
      }
      if (preview.critical() > 0 && !samplesSeen) {
        throw new UndoneException(
            CONTENT,
            Sentence.of(
                "review.samples",
                "it hits %s workstations of critical groups: look at the sample matches of preview"
                    + " %s, then say so with --samples-seen",
                preview.critical(),
                preview.id()));
      }
      if (review.fewLooked() != null && !fewAccepted) {
        throw new UndoneException(
            CONTENT,
            Sentence.of(
                "review.few-looked",
                "%s. It was submitted all the same, because: %s. If that is reason enough, say so"
                    + " with --few-looked",
                preview.lookedWords(),
                review.fewLooked()));
      }
      var until = rows.now().plus(APPROVAL_HOLDS);
      rows.update(
          seen,
          "state = ?, decided_at = ?, decided_by = ?, decided_note = ?, samples_seen = ?,"
              + " approved_until = ?, handed_out_at = null",
          DraftState.APPROVED.written(),
          rows.now().toEpochMilli(),
          by.name(),
          note,
          samplesSeen ? 1 : 0,
          until.toEpochMilli());
      rows.told(EventKind.RULE_APPROVED, by, seen, note);
      rows.noted(
          by,
          "draft.approve",
          seen.number(),
          Json.object()
              .put("sha256", review.sha256())
              .put("base", review.base())
              .put("preview", preview.id())
              .put("samples-seen", samplesSeen)
              .put("few-looked", review.fewLooked())
              .put("note", note)
              .put("until", until.toString()));
      return rows.need(seen.number());
    });
  }

  /// Gives the draft back to its author.
  public DraftOutcome reject(Person by, StoredDraft seen, String comment) {
    return drafts.change(rows -> {
      var review = reviewed(rows, by, seen);
      if (comment.isBlank()) {
        throw new UndoneException(
            CONTENT,
            Sentence.of("review.comment-missing", "say what is to be changed: --comment TEXT"));
      }
      check(comment);
      rows.update(
          seen,
          "state = ?, decided_at = ?, decided_by = ?, decided_note = ?, samples_seen = null,"
              + " approved_until = null, handed_out_at = null",
          DraftState.OPEN.written(),
          rows.now().toEpochMilli(),
          by.name(),
          comment);
      rows.noted(
          by,
          "draft.reject",
          seen.number(),
          Json.object().put("sha256", review.sha256()).put("comment", comment));
      return rows.need(seen.number());
    });
  }

  private static Review reviewed(DraftRows rows, Person by, StoredDraft seen) throws SQLException {
    need(by.mayApprove(), by, "approver", "review");
    var draft = rows.need(seen);
    var review = draft.review();
    if (draft.state() != DraftState.IN_REVIEW || review == null) {
      throw new UndoneException(
          CONTENT,
          Sentence.of(
              "review.not-in-review",
              "%s is %s, not in-review",
              name(draft),
              draft.state().sentence()));
    }
    if (rows.authors(draft).contains(by.name()) || review.submitted().by().equals(by.name())) {
      throw new UndoneException(
          CONTENT,
          Sentence.of(
              "review.own",
              "%s wrote or submitted %s; somebody else reviews it",
              by.name(),
              name(draft)));
    }
    return review;
  }

  static Sentence moved(StoredDraft draft) {
    return Sentence.of(
        "draft.moved",
        "the rule in force was changed since %s was submitted, so that it would do something else"
            + " now; preview and submit it again",
        name(draft));
  }

  static void need(boolean may, Person by, String role, String deed) {
    if (!may) {
      throw new UndoneException(
          CONTENT,
          Sentence.of(
              "draft.role",
              "%s is no %s, and only these %s drafts",
              by.name(),
              Sentence.word("role", role),
              deed));
    }
  }

  private static void check(@Nullable String text) {
    if (text != null && (text.length() > MOST_TEXT || !Printable.of(text).equals(text))) {
      throw new UndoneException(
          CONTENT,
          Sentence.of(
              "review.comment", "a comment is one line of at most %s characters", MOST_TEXT));
    }
  }

  /// Why an approval does not hold now, or null.
  @Nullable Sentence lapse(StoredDraft draft, Instant now) {
    var review = draft.review();
    if (draft.state() != DraftState.APPROVED || review == null || review.approvedUntil() == null) {
      return Sentence.of(
          "draft.not-approved",
          "%s is %s, and nobody else has agreed to it: interdict draft %s %s",
          name(draft),
          draft.state().sentence(),
          draft.state() == DraftState.IN_REVIEW ? "approve" : "submit",
          draft.number());
    }
    if (!now.isBefore(review.approvedUntil())) {
      return Sentence.of(
          "draft.approval-ended",
          "the approval of %s ended at %s; preview and submit it again",
          name(draft),
          review.approvedUntil());
    }
    return previews.staleness(previews.need(review));
  }

  /// The same for a list that people signed elsewhere: an approval that held when they were given
  /// the list holds while they sign.
  @Nullable Sentence lapseSigned(StoredDraft draft, Instant now) {
    var handedOut = draft.handedOutAt();
    var waits = handedOut != null && now.isBefore(handedOut.plus(SIGNING_TAKES));
    return waits && draft.state() == DraftState.APPROVED ? null : lapse(draft, now);
  }

  private static String name(StoredDraft draft) {
    return DraftRows.name(draft.number());
  }
}
