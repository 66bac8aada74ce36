package dev.interdict.server.review;

import static dev.interdict.server.publish.PublishOutcome.Reason.CONTENT;

import dev.interdict.json.Json;
import dev.interdict.policy.RuleId;
import dev.interdict.policy.RuleReader;
import dev.interdict.server.breaker.Expectations;
import dev.interdict.server.draft.Draft;
import dev.interdict.server.draft.YamlFile;
import dev.interdict.server.publish.Consent;
import dev.interdict.server.publish.ListChange;
import dev.interdict.server.publish.PublishOutcome;
import dev.interdict.server.publish.PublishOutcome.Refused;
import dev.interdict.server.wording.Sentence;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Brings drafts into the published list, signed by whoever signs: each with the consent of its
/// review. Thread-safe.
public final class Releases {
  private final Drafts drafts;
  private final Examiner examiner;
  private final Reviews reviews;
  private final Previews previews;
  private final InstantSource clock;

  public Releases(
      Drafts drafts, Examiner examiner, Reviews reviews, Previews previews, InstantSource clock) {
    this.drafts = drafts;
    this.examiner = examiner;
    this.reviews = reviews;
    this.previews = previews;
    this.clock = clock;
  }

  /// Publishes a draft in place of the rule of its id; its trial goes with the same step. What
  /// makes agents do no more needs no review.
  ///
  /// @param publishing signs and shows
  public PublishOutcome publish(
      Person by,
      StoredDraft draft,
      BiFunction<ListChange.Edit, Consent, PublishOutcome> publishing) {
    var edit = edit(by, draft);
    if (edit instanceof Edit.Not(var why)) {
      return why;
    }
    var ready = (Edit.Ready) edit;
    var outcome = publishing.apply(ready.change(), ready.consent());
    switch (outcome) {
      case PublishOutcome.Done(var publication) -> close(by, draft, publication.serial());
      case PublishOutcome.Unchanged(var serial) -> close(by, draft, serial);
      case PublishOutcome.Held _, Refused _ -> {}
    }
    return outcome;
  }

  /// What a draft does to the list, and who agreed to it.
  public sealed interface Edit {
    record Ready(ListChange.Edit change, Consent consent) implements Edit {}

    record Not(Refused why) implements Edit {}
  }

  /// The change of the list, for whoever has it signed elsewhere.
  public Edit signedElsewhere(Person by, StoredDraft draft) {
    return edit(by, draft, reviews.lapseSigned(draft, clock.instant()));
  }

  private Edit edit(Person by, StoredDraft draft) {
    return edit(by, draft, reviews.lapse(draft, clock.instant()));
  }

  private Edit edit(Person by, StoredDraft draft, @Nullable Sentence lapse) {
    if (!by.mayWrite()) {
      return not(
          Sentence.of(
              "draft.publishers",
              "%s is no author or approver, and only these publish drafts",
              by.name()));
    }
    if (draft.state().isClosed()) {
      return not(
          Sentence.of(
              "draft.closed",
              "%s is %s already",
              DraftRows.name(draft.number()),
              draft.state().sentence()));
    }
    var examined = examined(draft);
    var read = examined.draft();
    if (read == null || !examined.isPublishable()) {
      return not(
          Sentence.of(
              "review.lint-errors",
              "lint finds errors; see: interdict draft lint %s",
              draft.number()));
    }
    var trial = Trial.of(read.rule().id());
    var withdrawn =
        examiner.published().now().containsKey(trial) ? Set.of(trial) : Set.<RuleId>of();
    return new Edit.Ready(
        new ListChange.Edit(List.of(read), withdrawn),
        new Approval(draft, read.file().json(), lapse));
  }

  private static Edit not(Sentence reason) {
    return new Edit.Not(new Refused(CONTENT, reason));
  }

  private Examination examined(StoredDraft draft) {
    return examiner.examine(DraftRows.name(draft.number()), drafts.newest(draft).content());
  }

  /// Lets workstations look for what a draft recognises, and do nothing else: under the draft's own
  /// id where no rule is in force that does more, else beside it.
  public PublishOutcome observe(
      Person by,
      StoredDraft draft,
      BiFunction<ListChange.Edit, Consent, PublishOutcome> publishing) {
    return switch (trial(by, draft)) {
      case Edit.Not(var why) -> why;
      case Edit.Ready(var change, var consent) -> publishing.apply(change, consent);
    };
  }

  /// The change of the list by which a draft is observed.
  public Edit trial(Person by, StoredDraft draft) {
    var edit = edit(by, draft);
    if (!(edit instanceof Edit.Ready ready)) {
      return edit;
    }
    var read = ready.change().drafts().getFirst();
    var own = read.rule().id();
    var inForce = examiner.published().now().get(own);
    var id = inForce == null || isObserved(inForce) ? own : Trial.of(own);
    var rule = Trial.rule((Json.Obj) read.file().json(), id);
    if (!(RuleReader.read(rule) instanceof RuleReader.Result.Understood(var understood))) {
      return not(
          Sentence.of(
              "draft.trial-unread", "devices would not understand the trial of this draft"));
    }
    var file = new YamlFile(read.file().name(), rule, read.file().places(), List.of());
    return new Edit.Ready(
        new ListChange.Edit(List.of(new Draft(file, understood)), Set.of()), Consent.NOBODY);
  }

  private static boolean isObserved(Json rule) {
    return rule instanceof Json.Obj object
        && new Json.Text("observe").equals(object.get("enforcement"));
  }

  /// Notes that the list with a draft was made for people to sign: an approval that holds waits for
  /// them, from the first time on. One that ended is not prolonged, nor one again and again. A
  /// draft that needs no approval waits as long as it needs none.
  public DraftOutcome handedOut(Person by, StoredDraft seen) {
    var alone = needsNobodyElse(seen);
    return drafts.change(rows -> {
      var draft = rows.need(seen);
      if (alone || reviews.lapseSigned(draft, rows.now()) == null) {
        rows.update(draft, "handed_out_at = coalesce(handed_out_at, ?)", rows.now().toEpochMilli());
        rows.noted(by, "draft.hand-out", draft.number(), Json.object());
      }
      return rows.need(draft.number());
    });
  }

  /// Whether a draft may be published and makes agents do no more, which one person decides.
  public boolean needsNobodyElse(StoredDraft draft) {
    var examined = examined(draft);
    return examined.isPublishable() && examined.direction().isSafe();
  }

  /// Publishes a list that comes back from its signers, with the consent of whatever reviews its
  /// drafts went through.
  ///
  /// @param signing publishes with that consent
  public PublishOutcome publishSigned(String actor, Function<Consent, PublishOutcome> signing) {
    var all = new ArrayList<Approval>();
    for (var draft : drafts.list(false)) {
      var read = examined(draft).draft();
      if (draft.state() == DraftState.APPROVED && read != null) {
        var lapse = reviews.lapseSigned(draft, clock.instant());
        all.add(new Approval(draft, read.file().json(), lapse));
      }
    }
    var approvals = new Approvals(all);
    var outcome = signing.apply(approvals);
    if (outcome instanceof PublishOutcome.Done(var publication)) {
      var by = new Person(actor, Set.of());
      approvals.used().forEach(draft -> close(by, draft, publication.serial()));
      unasked().forEach(draft -> close(by, draft, publication.serial()));
    }
    return outcome;
  }

  /// Drafts that were handed out and are in the list now, for which nobody had to be asked.
  private List<StoredDraft> unasked() {
    var now = examiner.published().now();
    return drafts.list(false).stream()
        .filter(draft -> draft.handedOutAt() != null)
        .filter(draft -> {
          var read = examined(draft).draft();
          return read != null && read.file().json().equals(now.get(read.rule().id()));
        })
        .toList();
  }

  /// The list is out; if the draft was changed at this very moment, it stays open with the new
  /// text.
  private void close(Person by, StoredDraft seen, long serial) {
    var review = seen.review();
    var preview = review == null || review.preview() == null ? null : previews.need(review);
    var _ =
        drafts.change(rows -> {
          var draft = rows.need(seen);
          rows.update(
              draft,
              "state = ?, closed_at = ?, closed_by = ?, serial = ?",
              DraftState.PUBLISHED.written(),
              rows.now().toEpochMilli(),
              by.name(),
              serial);
          expect(rows, draft, preview, serial);
          rows.noted(by, "draft.publish", draft.number(), Json.object().put("serial", serial));
          return rows.need(draft.number());
        });
  }

  private static void expect(
      DraftRows rows, StoredDraft draft, @Nullable Preview preview, long serial)
      throws java.sql.SQLException {
    if (preview != null && preview.looked() > 0) {
      Expectations.put(
          rows.connection(),
          Objects.requireNonNull(draft.rule(), "a published draft has an id"),
          preview.estimate(),
          preview.number(),
          serial,
          rows.now());
    }
  }
}
