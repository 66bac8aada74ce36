package dev.interdict.server.web.pages;

import dev.interdict.server.compliance.Halt;
import dev.interdict.server.web.Href;
import dev.interdict.server.web.View;
import dev.interdict.server.web.chart.Burndown;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the overview of one rule shows.
///
/// @param choices every rule that may be looked at, this one among them
/// @param halt the circuit breaker holds the rule; null where it does not
/// @param states they add up to the fleet
/// @param blind what must not be taken for clear; without those of 0
public record OverviewView(
    RuleHead rule,
    List<Choice> choices,
    @Nullable Halt halt,
    Headline headline,
    Burndown chart,
    List<StateCount> states,
    Departments where,
    List<Rank> sources,
    List<Rank> systems,
    Hands hands,
    List<Blind> blind)
    implements View {

  /// The one number.
  ///
  /// @param has devices that still have the software
  /// @param total devices of the fleet
  /// @param fewer than at `since`; negative for more; null before a second measurement
  /// @param pace fewer devices a day over the last days; null while too few are known
  /// @param hidden silent devices that had it when last heard: not part of `has`
  /// @param lastReport null before the first
  public record Headline(
      long has,
      long total,
      Href href,
      @Nullable Long fewer,
      Instant since,
      @Nullable Long pace,
      long hidden,
      Href silent,
      @Nullable Instant lastReport,
      Clock clock) {

    /// From when on figures are called old.
    private static final Duration LATE = Duration.ofMinutes(15);

    /// Whether the newest report is so old that somebody should ask why.
    public boolean late() {
      return lastReport != null && lastReport.plus(LATE).isBefore(clock.now());
    }
  }

  /// Where it still is.
  ///
  /// @param most those with most devices that have it
  /// @param others how many more departments have it
  public record Departments(List<Department> most, long others) {
    public Departments {
      most = List.copyOf(most);
    }

    /// The highest share of a department, for the longest bar.
    public long highestRate() {
      return most.stream().mapToLong(Department::rate).max().orElse(0);
    }
  }

  /// The queue of failed removals.
  ///
  /// @param count all of them; the list holds the oldest
  public record Hands(long count, Href href, List<Hand> oldest) {
    public Hands {
      oldest = List.copyOf(oldest);
    }
  }

  /// Devices of which the server does not know enough.
  public record Blind(long count, String what, String detail, Href href) {}

  public OverviewView {
    choices = List.copyOf(choices);
    states = List.copyOf(states);
    sources = List.copyOf(sources);
    systems = List.copyOf(systems);
    blind = List.copyOf(blind);
  }

  /// Whether every device was heard and wholly inspected: only then is a 0 good news.
  public boolean wholeFleetKnown() {
    return headline.total() > 0 && blind.isEmpty();
  }

  @Override
  public String template() {
    return "overview.jte";
  }
}
