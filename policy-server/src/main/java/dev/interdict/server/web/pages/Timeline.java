package dev.interdict.server.web.pages;

import dev.interdict.report.Look;
import dev.interdict.server.compliance.DeviceDetail;
import dev.interdict.server.events.EventKind;
import dev.interdict.server.web.Href;
import dev.interdict.server.web.Query;
import dev.interdict.server.web.Row;
import dev.interdict.server.web.Words;
import dev.interdict.server.web.pages.DeviceView.Tab;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// All that happened on one device, of every rule, newest first: what it reported, what its people
/// were told and answered, what the agent did, what was decided, and who looked. Used once.
public final class Timeline {
  /// How many are shown; of one kind there are more.
  private static final int MOST = 100;

  private static final String KEY = "show";
  private static final String ALL = "all";

  /// Outcomes after which nobody knows of the notice.
  private static final Set<String> UNSHOWN =
      Set.of("no-session", "do-not-disturb", "refused", "failed");

  /// Events that nothing else here tells.
  private static final Set<EventKind> TOLD =
      Set.of(
          EventKind.FINDING_OPENED,
          EventKind.FINDING_CLEARED,
          EventKind.FINDING_REAPPEARED,
          EventKind.DEVICE_ENROLLED,
          EventKind.DEVICE_SILENT,
          EventKind.DEVICE_RETURNED,
          EventKind.DEVICE_UNENROLLED);

  private final UnaryOperator<String> names;
  private final Words words;
  private final List<Entry> entries = new ArrayList<>();

  /// @param names what people call a rule
  Timeline(UnaryOperator<String> names, Words words) {
    this.names = names;
    this.words = words;
  }

  /// Something that happened.
  ///
  /// @param kind by which the list is narrowed: reports, notices, answers, actions, exemptions,
  ///   looks
  /// @param rule what people call it; empty for none
  /// @param identity of the software; empty for none
  /// @param detail in words; empty for none
  /// @param bad whether it went wrong
  /// @param waits whether somebody has to decide on it
  public record Entry(
      Instant at,
      String kind,
      String rule,
      String what,
      String identity,
      String detail,
      @Nullable Instant until,
      boolean bad,
      boolean waits) {}

  /// What a page shows of it.
  ///
  /// @param total how many there are of what is chosen
  public record Shown(List<Tab> tabs, List<Entry> entries, int total) {
    public Shown {
      tabs = List.copyOf(tabs);
      entries = List.copyOf(entries);
    }
  }

  Timeline actions(List<DeviceDetail.Step> steps) {
    for (var step : steps) {
      var error = step.error();
      add(
          step.at(),
          "actions",
          names.apply(step.rule()),
          words.named("action", step.kind()),
          step.identity(),
          error == null ? "" : words.named("error", error),
          null,
          error != null,
          false);
    }
    return this;
  }

  Timeline notices(List<DeviceDetail.Told> all) {
    for (var told : all) {
      var notice = told.notice();
      var channel = notice.channel();
      var outcome = words.named("notice.outcome", notice.outcome());
      add(
          notice.at(),
          "notices",
          names.apply(told.rule()),
          words.named("notice.phase", notice.phase()),
          "",
          channel == null ? outcome : outcome + " " + words.named("notice.channel", channel),
          null,
          UNSHOWN.contains(notice.outcome()),
          false);
    }
    return this;
  }

  Timeline answers(List<DeviceDetail.Answer> all) {
    for (var answered : all) {
      var answer = answered.answer();
      var reason = answer.text();
      add(
          answer.at(),
          "answers",
          names.apply(answered.rule()),
          words.named("answer.kind", answer.kind()),
          "",
          reason == null ? "" : words.text("device.answers.reason", reason),
          answer.until(),
          false,
          answered.waits());
    }
    return this;
  }

  /// @param rows of `listDeviceEvents`
  Timeline events(List<Row> rows) {
    for (var row : rows) {
      var kind = known(row.text("type"));
      var at = row.instant("timestamp");
      if (kind != null && at != null) {
        var rule = row.text("rule");
        add(
            at,
            "reports",
            rule.isEmpty() ? "" : names.apply(rule),
            kind.caption(Locale.forLanguageTag(words.tag())),
            "",
            "",
            null,
            false,
            false);
      }
    }
    return this;
  }

  private static @Nullable EventKind known(String type) {
    return TOLD.stream().filter(kind -> kind.word().equals(type)).findAny().orElse(null);
  }

  /// @param cases of `listDeviceExemptions`
  Timeline exemptions(List<Row> cases) {
    for (var one : cases) {
      for (var step : ExemptionPage.steps(one, words)) {
        add(
            step.at(),
            "exemptions",
            names.apply(one.text("rule")),
            step.who() + " " + step.what(),
            "",
            step.words(),
            step.until(),
            false,
            false);
      }
    }
    return this;
  }

  Timeline looks(List<Look> all) {
    for (var look : all) {
      add(
          look.at(),
          "looks",
          "",
          words.text("device.looked", look.who()),
          "",
          roles(look.role(), words),
          null,
          false,
          false);
    }
    return this;
  }

  /// Roles as they are kept, in words.
  public static String roles(String kept, Words words) {
    return words.list(
        Arrays.stream(kept.split(", ?", -1)).map(role -> words.named("role", role)).toList());
  }

  private void add(
      Instant at,
      String kind,
      String rule,
      String what,
      String identity,
      String detail,
      @Nullable Instant until,
      boolean bad,
      boolean waits) {
    entries.add(new Entry(at, kind, rule, what, identity, detail, until, bad, waits));
  }

  /// What the address asks for.
  Shown shown(Query query, String path) {
    var wanted = query.text(KEY).isEmpty() ? ALL : query.text(KEY);
    var tabs = new ArrayList<Tab>();
    for (var kind :
        List.of(ALL, "reports", "notices", "answers", "actions", "exemptions", "looks")) {
      var count = entries.stream().filter(entry -> of(entry, kind)).count();
      if (count > 0 || kind.equals(ALL) || kind.equals(wanted)) {
        var href = query.at(path, KEY, kind.equals(ALL) ? "" : kind);
        tabs.add(
            new Tab(
                words.named("state.timeline", kind),
                count,
                new Href(href.address() + "#timeline"),
                kind.equals(wanted)));
      }
    }
    var chosen =
        // Of one moment, what was told last comes first.
        entries.reversed().stream()
            .filter(entry -> of(entry, wanted))
            .sorted(Comparator.comparing(Entry::waits).thenComparing(Entry::at).reversed())
            .toList();
    return new Shown(tabs, chosen.stream().limit(MOST).toList(), chosen.size());
  }

  private static boolean of(Entry entry, String kind) {
    return kind.equals(ALL) || entry.kind().equals(kind);
  }
}
