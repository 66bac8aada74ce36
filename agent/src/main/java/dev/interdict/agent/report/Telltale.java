package dev.interdict.agent.report;

import dev.interdict.agent.ledger.Entry;
import dev.interdict.decide.Sighting;
import dev.interdict.decide.ToldOutcome;
import dev.interdict.json.Fields;
import dev.interdict.report.ReportedAnswer;
import dev.interdict.report.ReportedNotice;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What became of notices and what people answered since the report before, as it may leave the
/// device.
public final class Telltale {
  private Telltale() {}

  /// What became of notices.
  public static List<ReportedNotice> notices(List<Entry> since, Pseudonyms names) {
    var notices = new ArrayList<ReportedNotice>();
    for (var entry : since) {
      switch (entry) {
        case Entry.Told told when told.outcome() != ToldOutcome.HELD_BACK ->
            notices.add(
                new ReportedNotice(
                    told.at(),
                    Fields.written(told.phase()),
                    told.channel(),
                    Fields.written(told.outcome()),
                    person(told.person(), names)));
        case Entry.Clicked clicked ->
            notices.add(
                new ReportedNotice(
                    clicked.at(),
                    clicked.phase(),
                    clicked.channel(),
                    clicked.choice() == null ? "closed" : "clicked",
                    person(clicked.person(), names)));
        default -> {}
      }
    }
    return notices;
  }

  /// What people answered.
  public static List<ReportedAnswer> answers(List<Entry> since, Pseudonyms names) {
    var answers = new ArrayList<ReportedAnswer>();
    for (var entry : since) {
      if (entry instanceof Entry.Answered one) {
        answers.add(
            new ReportedAnswer(
                one.id(),
                Fields.written(one.kind()),
                one.at(),
                one.until(),
                one.finding(),
                one.text(),
                person(one.person(), names)));
      }
    }
    return answers;
  }

  private static @Nullable String person(String user, Pseudonyms names) {
    return user.equals(Sighting.NOBODY) ? null : names.of(user);
  }
}
