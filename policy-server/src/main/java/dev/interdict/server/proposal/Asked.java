package dev.interdict.server.proposal;

import static dev.interdict.server.publish.PublishOutcome.Reason.CONTENT;

import dev.interdict.server.publish.Graver;
import dev.interdict.server.publish.PublishOutcome.Refused;
import dev.interdict.server.wording.Sentence;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A change that needs two people: which of the proposals agrees to it, and why none does. A value.
///
/// @param base what it changes, as a proposal of it has to say
/// @param since what was proposed before does not count
/// @param now an agreement counts for [Kind#holds]
record Asked(Graver change, String base, Instant since, Instant now) {
  /// The agreement to just this: the same change of the same state, in the words that were read. In
  /// these stands what it comes to beyond that state, such as the rings that another one passes.
  Optional<Proposal> agreed(List<Proposal> all) {
    return alike(all).filter(one -> one.words().equals(change.words())).findFirst();
  }

  /// Why none agrees: it was agreed to when it came to something else, or never.
  Refused why(List<Proposal> all, Refused never) {
    return alike(all)
        .findFirst()
        .map(one ->
            new Refused(
                CONTENT,
                Sentence.of(
                    "proposal.changed",
                    "%s: proposal %s was agreed to when it came to this: %s. That has changed"
                        + " since; look again, and propose it anew",
                    change.words(),
                    one.number(),
                    one.words())))
        .orElse(never);
  }

  /// The agreements that hold to the same change of the same state, in whatever words.
  private Stream<Proposal> alike(List<Proposal> all) {
    var kind = Kind.of(change.about());
    var wanted = Proposals.canonical(change.next());
    return all.stream()
        .filter(one ->
            one.kind() == kind
                && !one.proposed().at().isBefore(since)
                && one.state(now).equals("agreed")
                && one.wanted().equals(wanted)
                && one.base().equals(base));
  }
}
