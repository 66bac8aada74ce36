package dev.interdict.server.api;

import static dev.interdict.server.api.Schema.may;
import static dev.interdict.server.api.Schema.needs;
import static dev.interdict.server.publish.PublishOutcome.Reason.CONTENT;

import dev.interdict.report.DeviceId;
import dev.interdict.server.compliance.Compliance;
import dev.interdict.server.exemptions.About;
import dev.interdict.server.exemptions.Cases;
import dev.interdict.server.exemptions.Cases.Seen;
import dev.interdict.server.exemptions.Category;
import dev.interdict.server.exemptions.Decider;
import dev.interdict.server.exemptions.DecisionOutcome;
import dev.interdict.server.exemptions.DecisionOutcome.NotDone;
import dev.interdict.server.exemptions.Decisions;
import dev.interdict.server.exemptions.FiledRequests;
import dev.interdict.server.exemptions.Particulars;
import dev.interdict.server.wording.Sentence;
import java.util.List;
import java.util.stream.Stream;

/// Decides on one device and rule for whoever calls, by what the body of the call says: the same
/// whether it is asked of one or of several. Thread-safe.
record Deciding(
    Cases cases, FiledRequests filed, Decisions decisions, Owners owners, Compliance compliance) {

  private static final Schema CATEGORY =
      Schema.words(
          Stream.concat(Category.WRITTEN.stream(), Stream.of(Particulars.NOTHING))
              .toArray(String[]::new));

  /// What the body of a grant says, behind what it is said of. In the second step the members that
  /// may be left out stay as the first wrote them down, and `-` takes them back.
  static List<Schema.Member> grant(Schema.Member... of) {
    return Stream.concat(
            Stream.of(of),
            Stream.of(
                may("until", Schema.instant()),
                needs("reason", Schema.text(500)),
                may("category", CATEGORY),
                may("ticket", Schema.text(Particulars.MOST_TICKET)),
                may("conditions", Schema.text(500))))
        .toList();
  }

  /// One decision.
  @FunctionalInterface
  interface Deed {
    DecisionOutcome run(Call call, About about, Seen seen);
  }

  /// Whether whoever calls sees the device at all.
  boolean sees(Call call, String device) {
    return compliance.within(call.session().scope()).device(new DeviceId(device)) != null;
  }

  /// What a client names by which it says what it saw.
  static String tag(Seen seen) {
    var state = seen.state();
    return "\"" + seen.number() + "-" + (state == null ? "none" : state.written()) + "\"";
  }

  /// Takes the next of two steps.
  DecisionOutcome grant(Call call, About about, Seen seen) {
    var by = by(call);
    var person = owners.of(by.name());
    if (filed.has(person, about)) {
      return new NotDone(CONTENT, FiledRequests.ownRequest(person, about));
    }
    for (var one : cases.of(about)) {
      if (one.number() == seen.number() && one.decided() == null) {
        var same =
            owners.together(
                one.opened().by(),
                by.name(),
                Sentence.of("token.first-step", "took the first step"));
        if (same != null) {
          return new NotDone(CONTENT, same);
        }
      }
    }
    return decisions.grant(
        by,
        about,
        seen,
        call.instantMember("until"),
        call.member("reason"),
        new Particulars.Written(
            call.optionalMember("category"),
            call.optionalMember("ticket"),
            call.optionalMember("conditions")));
  }

  /// Says no to what waits.
  DecisionOutcome refuse(Call call, About about, Seen seen) {
    return decisions.refuse(by(call), about, seen, call.member("reason"), call.member("contact"));
  }

  /// Takes back what waits, and ends what holds.
  DecisionOutcome end(Call call, About about, Seen seen) {
    return decisions.end(by(call), about, seen, call.member("reason"));
  }

  private static Decider by(Call call) {
    return new Decider(call.actor(), call.roles());
  }
}
