package dev.interdict.server.review;

import static dev.interdict.server.publish.PublishOutcome.Reason.CONFLICT;
import static dev.interdict.server.publish.PublishOutcome.Reason.CONTENT;

import dev.interdict.json.Json;
import dev.interdict.server.publish.Consent;
import dev.interdict.server.publish.Graver;
import dev.interdict.server.publish.PublishOutcome.Refused;
import dev.interdict.server.wording.Sentence;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What two people agreed to in the review of one draft: that very text in place of that very rule,
/// and nothing else.
///
/// @param rule as the approved text says
/// @param lapse why the approval does not hold now; null where it does
record Approval(StoredDraft draft, Json rule, @Nullable Sentence lapse) implements Consent {

  @Override
  public @Nullable Refused refusal(List<Graver> changes) {
    for (var change : changes) {
      if (change.about() != Graver.About.RULE
          || !Objects.equals(change.rule(), draft.rule())
          || !rule.equals(change.next())) {
        return new Refused(
            CONTENT,
            Sentence.of(
                "approval.other",
                "%s: this is not what was agreed to in %s",
                change.words(),
                name()));
      }
      if (lapse != null) {
        return new Refused(
            CONTENT, Sentence.of("approval.lapsed", "%s: %s", change.words(), lapse));
      }
      var review = Objects.requireNonNull(draft.review(), "an approval was given in a review");
      if (!Examination.base(change.before()).equals(review.base())) {
        return new Refused(CONFLICT, Reviews.moved(draft));
      }
    }
    return null;
  }

  private String name() {
    return DraftRows.name(draft.number());
  }
}
