package dev.interdict.evidence;

import dev.interdict.identity.Printable;
import dev.interdict.json.Json;
import dev.interdict.policy.InWords;
import dev.interdict.policy.Matcher;
import java.util.ArrayList;
import java.util.List;

/// An explanation for a terminal, at most 80 columns wide as far as words can be parted, and for
/// programs. Nothing in it can steer a terminal.
public final class ExplanationText {
  private static final int WIDTH = 80;

  /// As much of a name or place as is shown.
  private static final int LONGEST = 200;

  private ExplanationText() {}

  /// The lines, without their ends.
  public static List<String> lines(RuleExplanation explanation) {
    var lines = new ArrayList<String>();
    for (var match : explanation.matched()) {
      item(lines, word(match), match.evidence(), because(match));
    }
    for (var spared : explanation.spared()) {
      item(
          lines,
          "SPARED",
          spared.evidence(),
          "it is " + spared.why() + ", though meant by " + shown(InWords.of(spared.by())));
    }
    for (var near : explanation.near()) {
      item(
          lines,
          "NEAR",
          near.evidence(),
          "not meant: " + near.miss().kind().words() + ": " + shown(InWords.of(near.miss().to())));
    }
    lines.add(
        "%d matched, %d spared, %d near, %d others not meant"
            .formatted(
                explanation.matched().size(),
                explanation.spared().size(),
                explanation.near().size(),
                explanation.others()));
    return lines;
  }

  private static String word(RuleExplanation.Match match) {
    return switch (match.strength()) {
      case STRONG -> "MATCH";
      case WEAK -> "WEAK";
      case RESIDUE -> "RESIDUE";
    };
  }

  private static String because(RuleExplanation.Match match) {
    var by = shown(InWords.of(match.by()));
    if (!match.certain()) {
      return "may be meant by "
          + by
          + "; what would decide it is not known here: told, not removed";
    }
    return "meant by "
        + by
        + switch (match.by().strength()) {
          case STRONG -> "";
          case WEAK -> "; a hint of use: told, not removed";
          case RESIDUE -> "; no installation: told, not removed";
        };
  }

  private static void item(List<String> lines, String word, Evidence evidence, String because) {
    var version = evidence.version();
    var name = shown(InWords.of(evidence.identity()));
    lines.addAll(
        folded(
            "%-8s%s%s"
                .formatted(
                    word,
                    name,
                    version == null || name.endsWith("@" + version) || name.endsWith("/" + version)
                        ? ""
                        : " " + shown(version)),
            "        "));
    lines.addAll(
        folded(
            "        " + shown(evidence.location()) + " (" + evidence.source() + ")",
            "          "));
    lines.addAll(folded("        " + because, "          "));
  }

  private static String shown(String text) {
    return Printable.of(text, LONGEST);
  }

  /// Parted at spaces; a single word that is too long is left whole, so that it can be copied.
  static List<String> folded(String line, String indent) {
    var lines = new ArrayList<String>();
    var rest = line;
    while (rest.length() > WIDTH) {
      var cut = rest.lastIndexOf(' ', WIDTH);
      if (rest.substring(0, Math.max(0, cut)).isBlank()) {
        cut = rest.indexOf(' ', WIDTH);
      }
      if (cut < 0) {
        break;
      }
      lines.add(rest.substring(0, cut));
      rest = indent + rest.substring(cut + 1);
    }
    lines.add(rest);
    return lines;
  }

  /// The same for programs.
  public static Json.Obj json(RuleExplanation explanation) {
    return Json.object()
        .put(
            "matched",
            explanation.matched().stream()
                .map(match ->
                    of(match.evidence(), match.by())
                        .put("strength", dev.interdict.json.Fields.written(match.strength()))
                        .put("certain", match.certain())
                        .build())
                .toList())
        .put(
            "spared",
            explanation.spared().stream()
                .map(spared -> of(spared.evidence(), spared.by()).put("why", spared.why()).build())
                .toList())
        .put(
            "near",
            explanation.near().stream()
                .map(near ->
                    of(near.evidence(), near.miss().to())
                        .put("difference", dev.interdict.json.Fields.written(near.miss().kind()))
                        .build())
                .toList())
        .put("others", explanation.others())
        .build();
  }

  private static Json.Builder of(Evidence evidence, Matcher by) {
    return Json.object()
        .put("item", InWords.of(evidence.identity()))
        .put("version", evidence.version())
        .put("location", evidence.location())
        .put("source", evidence.source())
        .put("by", InWords.of(by));
  }
}
