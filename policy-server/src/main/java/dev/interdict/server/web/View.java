package dev.interdict.server.web;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a template shows, as plain values; and the parts that several pages share.
public interface View {

  /// The template that shows it, such as `overview.jte`.
  String template();

  /// Now, and the zone in which this page tells the time.
  record Clock(Instant now, ZoneId zone) {}

  /// How old the figures of a page are, which are of what devices told.
  ///
  /// @param last when the newest report of any device came in; null before the first
  record Age(@Nullable Instant last, Clock clock) {
    /// From when on figures are called old.
    private static final Duration LATE = Duration.ofMinutes(15);

    /// Whether the newest report is so old that somebody should ask why.
    public boolean late() {
      return last != null && last.plus(LATE).isBefore(clock.now());
    }
  }

  /// A rule, as a line or a heading.
  ///
  /// @param zone in which its dates are written
  /// @param observes whether nobody is told of it, and nothing done
  record RuleHead(
      String id,
      String name,
      String publisher,
      String risk,
      String enforcement,
      String replacement,
      String replacementUrl,
      Instant announced,
      Instant effective,
      ZoneId zone,
      boolean observes) {

    /// Its page.
    public Href href() {
      return Href.to("/rules", id);
    }

    /// Its overview.
    public Href overview() {
      return Href.to("/").with("rule", id);
    }

    /// The devices it concerns.
    public Href devices() {
      return Href.to("/devices").with("rule", id);
    }

    /// Where it is on its way, as the name of a message and a look.
    public Stage stage(Instant now) {
      return observes
          ? Stage.OBSERVED
          : now.isBefore(announced)
              ? Stage.PUBLISHED
              : now.isBefore(effective) ? Stage.ANNOUNCED : Stage.ENFORCED;
    }

    public Duration left(Instant now) {
      return Duration.between(now, effective);
    }
  }

  /// A rule's way, from everybody's point of view; a single device may have a later date.
  enum Stage {
    OBSERVED,
    PUBLISHED,
    ANNOUNCED,
    ENFORCED
  }

  /// How many devices are in one state.
  ///
  /// @param look the name of its glyph and colour
  record StateCount(String look, String label, long count, Href href) {
    /// The same of those among them that another filter lets through; the count is theirs already.
    public StateCount within(String key, String value) {
      return new StateCount(look, label, count, href.with(key, value));
    }
  }

  /// Devices by one property.
  record Rank(String label, long count, long most, Href href) {}

  /// A device that somebody has to look at. Whose it is stands where looking for it is written
  /// down, and not among figures that everybody sees.
  ///
  /// @param why the error class's message, with what it is about
  record Hand(
      String host,
      Href href,
      String department,
      String why,
      String next,
      @Nullable Instant since) {}

  /// A device's state under a rule.
  ///
  /// @param detail what the state alone does not tell, such as the last word of a silent device
  record Standing(String look, String label, @Nullable String detail) {}

  /// One value of a filter.
  record Choice(String value, String label, boolean chosen) {}

  /// A filter in the address.
  record Filter(String key, String label, List<Choice> choices) {
    public Filter {
      choices = List.copyOf(choices);
    }
  }
}
