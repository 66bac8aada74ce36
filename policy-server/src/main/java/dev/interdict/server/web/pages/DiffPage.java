package dev.interdict.server.web.pages;

import dev.interdict.server.direction.Direction;
import dev.interdict.server.direction.Step;
import dev.interdict.server.draft.YamlText;
import dev.interdict.server.web.Asking;
import dev.interdict.server.web.Frame.Crumb;
import dev.interdict.server.web.Href;
import dev.interdict.server.web.Page;
import dev.interdict.server.web.Row;
import dev.interdict.server.web.View;
import dev.interdict.server.web.View.Choice;
import dev.interdict.server.web.Words;
import dev.interdict.server.web.diff.WordDiff;
import java.util.List;
import java.util.Map;

/// `/rules/{id}/diff?from=&to=`: what is different between two versions of a rule, in its text and
/// in its effect.
public final class DiffPage implements Page {
  private final Fleet fleet;

  /// What it shows.
  ///
  /// @param preview of the draft that the later version came from; empty where there was none
  /// @param gained devices that the preview counted as newly hit
  public record Difference(
      String path,
      List<Choice> from,
      List<Choice> to,
      List<WordDiff.Line> lines,
      List<Effect> steps,
      String preview,
      long gained,
      long lost)
      implements View {
    public Difference {
      from = List.copyOf(from);
      to = List.copyOf(to);
      lines = List.copyOf(lines);
      steps = List.copyOf(steps);
    }

    /// Whether a preview says what the later version meant for devices.
    public boolean previewed() {
      return !preview.isEmpty();
    }

    @Override
    public String template() {
      return "rule-diff.jte";
    }
  }

  /// One member that is different.
  ///
  /// @param safer whether agents do no more by it
  public record Effect(boolean safer, String path, String words) {}

  DiffPage(Fleet fleet) {
    this.fleet = fleet;
  }

  @Override
  public String path() {
    return "/rules/{id}/diff";
  }

  @Override
  public Outcome show(Ask ask) {
    var words = ask.words();
    var id = ask.place("id");
    var versions =
        RuleVersions.of(ask.api(), id).stream().filter(each -> each.has("rule")).toList();
    if (versions.isEmpty()) {
      return new Missing();
    }
    var older = versions.get(Math.min(1, versions.size() - 1)).text("serial");
    var from = RuleVersions.at(versions, given(ask, "from", older)).orElse(null);
    var to =
        RuleVersions.at(versions, given(ask, "to", versions.getFirst().text("serial")))
            .orElse(null);
    var before = from == null ? null : RuleVersions.document(from);
    var next = to == null ? null : RuleVersions.document(to);
    if (from == null || to == null || before == null || next == null) {
      return new Missing();
    }
    var here = Href.to("/rules", id).address();
    // How many agents are too old for either says nothing about the two texts.
    var direction = Direction.of(before, next, false, (_, _) -> 0);
    var preview = preview(ask.api(), from, to, versions, id);
    var impact = preview.row("impact");
    return new Shown(
        words.text("rule.diff", fleet.name(id)),
        List.of(new Crumb(words.text("nav.rules"), "/rules"), new Crumb(fleet.name(id), here)),
        new Difference(
            here + "/diff",
            choices(versions, from, words),
            choices(versions, to, words),
            WordDiff.of(YamlText.of(before), YamlText.of(next)),
            direction.steps().stream()
                .map(step ->
                    new Effect(step.course() == Step.Course.SAFER, step.path(), step.words()))
                .toList(),
            preview.text("preview"),
            impact.number("gained"),
            impact.number("lost")),
        0);
  }

  private static String given(Ask ask, String key, String otherwise) {
    var given = ask.query().text(key);
    return given.isEmpty() ? otherwise : given;
  }

  private static List<Choice> choices(List<Row> versions, Row chosen, Words words) {
    return versions.stream()
        .map(each ->
            new Choice(
                each.text("serial"),
                words.text("way.serial", each.number("serial")),
                each.equals(chosen)))
        .toList();
  }

  /// What was previewed of the later version, which counts against the one right before it.
  private static Row preview(Asking api, Row from, Row to, List<Row> versions, String rule) {
    var at = versions.indexOf(to);
    if (at + 1 >= versions.size() || !versions.get(at + 1).equals(from) || !api.may("listDrafts")) {
      return Row.NONE;
    }
    return api
        .read("listDrafts", Map.of("state", List.of("published"), "size", List.of("1000")))
        .rows("drafts")
        .stream()
        .filter(
            each -> each.text("rule").equals(rule) && each.text("serial").equals(to.text("serial")))
        .findFirst()
        .map(each -> api.read("getDraft", "draft", each.text("draft")).row("preview"))
        .orElse(Row.NONE);
  }
}
