package dev.interdict.server.web.pages;

import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.policy.OperatingSystem;
import dev.interdict.server.draft.MatchKind;
import dev.interdict.server.draft.RuleFields;
import dev.interdict.server.draft.YamlFile;
import dev.interdict.server.web.Row;
import dev.interdict.server.web.Sent;
import dev.interdict.server.web.View.Choice;
import dev.interdict.server.web.Words;
import dev.interdict.server.web.diff.WordDiff;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The fields beside a draft's text, each with what lint says of it.
///
/// @param fields as [RuleFields] shows them
/// @param lint by the name of the field
/// @param unseen what stands in the text alone
/// @param unseenMatchers how many ways to recognise the software stand in the text alone
public record DraftForm(
    Row fields, Map<String, List<Row>> lint, Set<String> unseen, long unseenMatchers) {
  /// What most rules name: there even while they are empty.
  private static final Set<MatchKind> USUAL =
      Set.of(MatchKind.NPM, MatchKind.PYPI, MatchKind.VSCODE, MatchKind.HOME);

  private static final List<String> SYSTEMS =
      Stream.of(OperatingSystem.values()).map(Fields::written).toList();

  private static final Pattern NAMED = Pattern.compile("([A-Za-z0-9.-]+): .*", Pattern.DOTALL);
  private static final int LEAST_ROWS = 2;
  private static final int MOST_ROWS = 12;

  public DraftForm {
    lint = Map.copyOf(lint);
    unseen = Collections.unmodifiableSet(new TreeSet<>(unseen));
  }

  /// @param lint what is said of the text
  static DraftForm of(YamlFile file, Json.Obj rule, List<Row> lint) {
    var byField = new LinkedHashMap<String, List<Row>>();
    for (var finding : lint) {
      var field = field(file, rule, finding);
      if (!field.isEmpty()) {
        byField.computeIfAbsent(field, _ -> new ArrayList<>()).add(finding);
      }
    }
    return new DraftForm(
        new Row(RuleFields.of(rule)),
        byField,
        RuleFields.unseen(rule),
        RuleFields.unseenMatchers(rule));
  }

  /// The field that a finding is about: which it names, or which shows what stands at its place.
  private static String field(YamlFile file, Json.Obj rule, Row finding) {
    var named = NAMED.matcher(finding.text("message"));
    var byName = named.matches() ? RuleFields.field(rule, named.group(1).replace('.', '/')) : null;
    if (byName != null) {
      return byName;
    }
    return file.places().byPointer().entrySet().stream()
        .filter(each -> each.getValue().toString().equals(finding.text("at")))
        .map(each -> RuleFields.field(rule, each.getKey()))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse("");
  }

  /// What lint says of a field.
  public List<Row> remarks(String field) {
    return lint.getOrDefault(field, List.of());
  }

  /// The kinds of matchers that have a field at once.
  public List<MatchKind> used() {
    return Stream.of(MatchKind.values()).filter(this::isUsed).toList();
  }

  /// The kinds that nothing is of yet.
  public List<MatchKind> unused() {
    return Stream.of(MatchKind.values()).filter(kind -> !isUsed(kind)).toList();
  }

  private boolean isUsed(MatchKind kind) {
    return USUAL.contains(kind) || !words(kind).isEmpty();
  }

  private List<String> words(MatchKind kind) {
    return fields.row("match").texts(kind.field());
  }

  /// What is of a kind, one a line.
  public String lines(MatchKind kind) {
    return String.join("\n", words(kind));
  }

  /// How many lines its field has.
  public int rows(MatchKind kind) {
    return Math.clamp(words(kind).size() + 1L, LEAST_ROWS, MOST_ROWS);
  }

  /// The operating systems that have a box: all that there are, and whatever else the text names,
  /// for a value without a box would be taken away with the next change, and the rule widened.
  public List<String> systems() {
    return Stream.concat(SYSTEMS.stream(), fields.row("scope").texts("os").stream())
        .distinct()
        .toList();
  }

  /// The values of a field that has but a few; what the text has stays, whatever it is.
  ///
  /// @param prefix of their words
  public List<Choice> choices(String prefix, List<String> values, String value, Words words) {
    var choices = new ArrayList<Choice>();
    for (var each : values) {
      choices.add(new Choice(each, words.named(prefix, each), each.equals(value)));
    }
    if (!values.contains(value)) {
      choices.addFirst(new Choice(value, value.isEmpty() ? "\u2013" : value, true));
    }
    return choices;
  }

  /// What somebody typed into the fields, against what they show now.
  List<WordDiff.Line> against(Sent sent) {
    var saved = new StringBuilder();
    var typed = new StringBuilder();
    var all = new LinkedHashMap<>(sent.fields());
    // Boxes of which none is ticked are not sent.
    all.putIfAbsent("scope.os", List.of());
    all.forEach((name, values) -> {
      if (!name.startsWith("_") && !name.equals("csrf")) {
        var given = String.join("\n", values).replace("\r\n", "\n").strip();
        saved.append(name).append(": ").append(value(name)).append('\n');
        typed.append(name).append(": ").append(given).append('\n');
      }
    });
    return WordDiff.of(saved.toString(), typed.toString());
  }

  private String value(String name) {
    var row = fields;
    var path = name.split("\\.", -1);
    for (var i = 0; i < path.length - 1; i++) {
      row = row.row(path[i]);
    }
    var last = path[path.length - 1];
    return row.text(last).isEmpty() ? String.join("\n", row.texts(last)) : row.text(last);
  }

  /// When it takes effect, in words with the day of the week and its zone; empty while that cannot
  /// be told.
  public String said(Words words) {
    var timeline = fields.row("timeline");
    try {
      var zone = ZoneId.of(timeline.text("zone"));
      var at = LocalDateTime.parse(timeline.text("effective")).atZone(zone).toInstant();
      var midnight = words.midnight(at, zone);
      var said = words.dateTime(at, zone) + ", " + words.zone(zone);
      return midnight == null ? said : said + "; " + midnight;
    } catch (DateTimeException e) {
      // Lint says what is wrong with either.
      return "";
    }
  }
}
