package dev.interdict.server.review;

import static dev.interdict.server.publish.PublishOutcome.Reason.CONFLICT;
import static dev.interdict.server.publish.PublishOutcome.Reason.CONTENT;

import dev.interdict.identity.Printable;
import dev.interdict.json.Json;
import dev.interdict.policy.Enforcement;
import dev.interdict.server.events.EventKind;
import dev.interdict.server.review.DraftOutcome.NotDone;
import dev.interdict.server.review.StoredDraft.Review;
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
      return new NotDone(CONTENT, "lint found errors; see: interdict draft lint " + draft.number());
    }
    if (examined.direction().isSafe()) {
      return new NotDone(
          CONTENT,
          "it makes agents do no more than before, so it needs nobody else: interdict draft"
              + " publish "
              + draft.number());
    }
    var old = previews.staleness(preview);
    if (preview == null || old != null) {
      return new NotDone(
          CONTENT,
          (old == null ? "there is no preview of this text" : old)
              + "; take one: interdict draft preview "
              + draft.number());
    }
    var rule = Objects.requireNonNull(examined.draft(), "it is publishable").rule();
    if (rule.enforcement().compareTo(Enforcement.BLOCK) >= 0 && preview.isBlind()) {
      return new NotDone(
          CONTENT,
          "no workstation has looked for what this draft recognises, so nobody knows whom it would"
              + " hit. Let them look first, which takes nothing away: interdict draft observe "
              + draft.number());
    }
    if (rule.enforcement().compareTo(Enforcement.BLOCK) >= 0 && preview.isDim() && !answered) {
      return new NotDone(
          CONTENT,
          preview.lookedWords()
              + ", or nobody knows whom it would hit. Wait for them and preview again; or answer"
              + " for it, which the reviewer has to agree to: --few-looked REASON");
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
            "name the text that you agree to by "
                + LEAST_DIGITS
                + " digits or more of its SHA-256, as interdict draft show "
                + seen.number()
                + " prints it; it does not begin with "
                + Printable.of(sha256, 64));
      }
      if (!examined.isPublishable()) {
        throw new UndoneException(
            CONTENT, "lint finds errors by now; see: interdict draft lint " + seen.number());
      }
      if (!examined.base().equals(review.base())) {
        throw new UndoneException(CONFLICT, moved(seen));
      }
      var preview = previews.need(review);
      var old = previews.staleness(preview);
      if (old != null) {
        throw new UndoneException(CONTENT, old + "; it is to be previewed and submitted again");
      }
      if (preview.critical() > 0 && !samplesSeen) {
        throw new UndoneException(
            CONTENT,
            "it hits "
                + preview.critical()
                + " workstations of critical groups: look at the sample matches of preview "
                + preview.id()
                + ", then say so with --samples-seen");
      }
      if (review.fewLooked() != null && !fewAccepted) {
        throw new UndoneException(
            CONTENT,
            preview.lookedWords()
                + ". It was submitted all the same, because: "
                + review.fewLooked()
                + ". If that is reason enough, say so with --few-looked");
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
        throw new UndoneException(CONTENT, "say what is to be changed: --comment TEXT");
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
          CONTENT, name(draft) + " is " + draft.state().written() + ", not in-review");
    }
    if (rows.authors(draft).contains(by.name()) || review.submitted().by().equals(by.name())) {
      throw new UndoneException(
          CONTENT, by.name() + " wrote or submitted " + name(draft) + "; somebody else reviews it");
    }
    return review;
  }

  static String moved(StoredDraft draft) {
    return "the rule in force was changed since "
        + name(draft)
        + " was submitted, so that it would do something else now; preview and submit it again";
  }

  static void need(boolean may, Person by, String role, String deed) {
    if (!may) {
      throw new UndoneException(
          CONTENT, by.name() + " is no " + role + ", and only these " + deed + " drafts");
    }
  }

  private static void check(@Nullable String text) {
    if (text != null && (text.length() > MOST_TEXT || !Printable.of(text).equals(text))) {
      throw new UndoneException(
          CONTENT, "a comment is one line of at most " + MOST_TEXT + " characters");
    }
  }

  /// Why an approval does not hold now, or null.
  @Nullable String lapse(StoredDraft draft, Instant now) {
    var review = draft.review();
    if (draft.state() != DraftState.APPROVED || review == null || review.approvedUntil() == null) {
      return name(draft)
          + " is "
          + draft.state().written()
          + ", and nobody else has agreed to it: interdict draft "
          + (draft.state() == DraftState.IN_REVIEW ? "approve " : "submit ")
          + draft.number();
    }
    if (!now.isBefore(review.approvedUntil())) {
      return "the approval of "
          + name(draft)
          + " ended at "
          + review.approvedUntil()
          + "; preview and submit it again";
    }
    return previews.staleness(previews.need(review));
  }

  /// The same for a list that people signed elsewhere: an approval that held when they were given
  /// the list holds while they sign.
  @Nullable String lapseSigned(StoredDraft draft, Instant now) {
    var handedOut = draft.handedOutAt();
    var waits = handedOut != null && now.isBefore(handedOut.plus(SIGNING_TAKES));
    return waits && draft.state() == DraftState.APPROVED ? null : lapse(draft, now);
  }

  private static String name(StoredDraft draft) {
    return DraftRows.name(draft.number());
  }
}
