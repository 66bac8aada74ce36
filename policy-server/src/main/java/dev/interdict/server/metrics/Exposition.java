package dev.interdict.server.metrics;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The text exposition format of Prometheus, version 0.0.4: families, one after the other. Used by
/// one thread.
public final class Exposition {
  /// As it is sent.
  public static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final StringBuilder text = new StringBuilder();
  private final Set<String> written = new HashSet<>();

  /// Begins a family; its samples follow at once.
  ///
  /// @param type counter, gauge or histogram
  public Exposition family(String name, String type, String help) {
    if (!written.add(name)) {
      throw new IllegalStateException("the family " + name + " is written already");
    }
    text.append("# HELP ").append(name).append(' ');
    text.append(help.replace("\\", "\\\\").replace("\n", "\\n")).append('\n');
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    return this;
  }

  /// A sample.
  ///
  /// @param labels name, value, name, value …
  public Exposition sample(String name, double value, String... labels) {
    text.append(name);
    if (labels.length > 0) {
      text.append('{');
      for (var i = 0; i < labels.length; i += 2) {
        text.append(i == 0 ? "" : ",").append(labels[i]).append("=\"");
        text.append(labels[i + 1].replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"))
            .append('"');
      }
      text.append('}');
    }
    text.append(' ').append(number(value)).append('\n');
    return this;
  }

  /// All of a counter, with its family.
  public Exposition counters(String name, String help, Counters counters) {
    family(name, "counter", help);
    counters
        .values()
        .forEach((values, n) -> sample(name, n, interleaved(counters.labels(), values)));
    return this;
  }

  /// The samples of a histogram.
  public Exposition histogram(String name, Histogram histogram, String... labels) {
    return histogram(name, histogram.snapshot(), labels);
  }

  /// The samples of a histogram.
  public Exposition histogram(String name, Histogram.Snapshot snapshot, String... labels) {
    var cumulative = snapshot.cumulative();
    var with = java.util.Arrays.copyOf(labels, labels.length + 2);
    with[labels.length] = "le";
    for (var i = 0; i < cumulative.length; i++) {
      with[labels.length + 1] =
          i < snapshot.bounds().length ? number(snapshot.bounds()[i]) : "+Inf";
      sample(name + "_bucket", cumulative[i], with);
    }
    sample(name + "_sum", snapshot.sum(), labels);
    return sample(name + "_count", cumulative[cumulative.length - 1], labels);
  }

  private static String[] interleaved(List<String> names, List<String> values) {
    var labels = new String[names.size() * 2];
    for (var i = 0; i < names.size(); i++) {
      labels[2 * i] = names.get(i);
      labels[2 * i + 1] = values.get(i);
    }
    return labels;
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%s", value);
  }

  /// All that was written.
  public String text() {
    return text.toString();
  }
}
