package dev.interdict.server.metrics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the text exposition format 0.0.4 by its grammar, more strictly than Prometheus itself:
/// each family is described first and stands in one piece, no sample comes twice, and a histogram
/// is whole.
public final class ExpositionChecker {
  private static final Pattern HELP = Pattern.compile("# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+)");
  private static final Pattern TYPE =
      Pattern.compile("# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge|histogram)");
  private static final Pattern SAMPLE =
      Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)\\})? (\\+Inf|-Inf|NaN|[-+0-9.eE]+)");
  private static final Pattern LABEL =
      Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\\\n]|\\\\[\\\\\"n])*)\"(,|$)");

  private final List<String> faults = new ArrayList<>();
  private final Map<String, String> types = new HashMap<>();
  private final Set<String> samples = new HashSet<>();
  private final Map<String, Map<Map<String, String>, List<Double>>> buckets = new HashMap<>();
  private final Map<String, Map<Map<String, String>, Double>> counts = new HashMap<>();
  private String family = "";
  private @Nullable String helped;

  private ExpositionChecker() {}

  /// What is wrong with it; empty where nothing is.
  public static List<String> faults(String text) {
    var checker = new ExpositionChecker();
    if (!text.endsWith("\n")) {
      checker.faults.add("the last line has no end");
    }
    text.lines().forEach(checker::line);
    checker.histograms();
    return checker.faults;
  }

  /// The names of all families.
  public static Set<String> families(String text) {
    var checker = new ExpositionChecker();
    text.lines().forEach(checker::line);
    return checker.types.keySet();
  }

  private void line(String line) {
    var help = HELP.matcher(line);
    var type = TYPE.matcher(line);
    var sample = SAMPLE.matcher(line);
    if (help.matches()) {
      helped = help.group(1);
    } else if (type.matches()) {
      family = type.group(1);
      if (!family.equals(helped)) {
        faults.add("no help before " + line);
      }
      if (types.put(family, type.group(2)) != null) {
        faults.add("a family in two pieces: " + line);
      }
      if (type.group(2).equals("counter") != family.endsWith("_total")) {
        faults.add("a counter ends in _total and nothing else does: " + line);
      }
    } else if (sample.matches()) {
      sample(line, sample.group(1), labels(line, sample.group(2)), sample.group(3));
    } else {
      faults.add("neither help, type nor sample: " + line);
    }
  }

  private Map<String, String> labels(String line, @Nullable String text) {
    var labels = new HashMap<String, String>();
    if (text == null) {
      return labels;
    }
    var label = LABEL.matcher(text);
    var end = 0;
    while (label.find() && label.start() == end) {
      end = label.end();
      if (labels.put(label.group(1), label.group(2)) != null) {
        faults.add("a label twice: " + line);
      }
    }
    if (end != text.length() || text.endsWith(",")) {
      faults.add("labels are not as they are written: " + line);
    }
    return labels;
  }

  private void sample(String line, String name, Map<String, String> labels, String value) {
    if (!samples.add(name + new java.util.TreeMap<>(labels))) {
      faults.add("a sample twice: " + line);
    }
    var number = value.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(value);
    var histogram = "histogram".equals(types.get(family));
    if (histogram
        ? !name.matches(Pattern.quote(family) + "_(bucket|sum|count)")
        : !name.equals(family)) {
      faults.add("outside its family " + family + ": " + line);
    }
    if (histogram && name.endsWith("_bucket")) {
      var le = labels.remove("le");
      if (le == null) {
        faults.add("a bucket without le: " + line);
      }
      buckets
          .computeIfAbsent(family, _ -> new HashMap<>())
          .computeIfAbsent(labels, _ -> new ArrayList<>())
          .add(number);
      if ("+Inf".equals(le)) {
        counts.computeIfAbsent(family, _ -> new HashMap<>()).put(labels, number);
      }
    }
    if (histogram && name.endsWith("_count")) {
      var all = counts.getOrDefault(family, Map.of()).get(labels);
      if (all == null || all != number) {
        faults.add("the count is not that of the bucket of all: " + line);
      }
    }
    if ("counter".equals(types.get(family)) && number < 0) {
      faults.add("a counter below zero: " + line);
    }
  }

  private void histograms() {
    buckets.forEach((name, series) ->
        series.forEach((labels, values) -> {
          for (var i = 1; i < values.size(); i++) {
            if (values.get(i) < values.get(i - 1)) {
              faults.add("buckets of " + name + labels + " do not add up: " + values);
            }
          }
        }));
  }
}
