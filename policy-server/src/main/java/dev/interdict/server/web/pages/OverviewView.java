package dev.interdict.server.web.pages;

import dev.interdict.server.compliance.Halt;
import dev.interdict.server.web.Href;
import dev.interdict.server.web.View;
import dev.interdict.server.web.chart.Burndown;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the overview of one rule shows.
///
/// @param choices every rule that may be looked at, this one among them
/// @param filters by what the fleet is narrowed, beside the rule
/// @param days the first and the last whose course is shown, where they were chosen
/// @param copied the same for somebody else, whenever they look
/// @param kept what stands in the address and in no choice, which choosing must not lose
/// @param removable filters in force, each with the address without it
/// @param halt the circuit breaker holds the rule; null where it does not
/// @param tooSmall whether the part of the fleet is so small that nothing is told of it
/// @param states they add up to the fleet
/// @param aftermath null before the date, and for those who see a part of the fleet
/// @param waiting what somebody has to decide or look at; without those of 0
/// @param export the same figures, whole, as a file
/// @param blind what must not be taken for clear; without those of 0
public record OverviewView(
    RuleHead rule,
    List<Choice> choices,
    List<Filter> filters,
    Days days,
    Href copied,
    List<DevicesView.Kept> kept,
    List<DevicesView.Removable> removable,
    @Nullable Halt halt,
    boolean tooSmall,
    Headline headline,
    Burndown chart,
    @Nullable Aftermath aftermath,
    List<StateCount> states,
    Parts where,
    List<Rank> sources,
    List<Rank> systems,
    Hands hands,
    List<Waiting> waiting,
    List<Blind> blind,
    Href export)
    implements View {

  /// Days as they stand in fields; empty where none is chosen.
  public record Days(String from, String to) {}

  /// The one number.
  ///
  /// @param has devices that still have the software
  /// @param total devices of the fleet
  /// @param people whose devices those are; null where they are too many to be counted
  /// @param owners the list of these
  /// @param fewer than at `since`; negative for more; null before a second measurement
  /// @param until the end of the days that are shown; null where that is this moment
  /// @param pace fewer devices a day over the last days; null while too few are known
  /// @param hidden silent devices that had it when last heard: not part of `has`
  /// @param silentDevices all that are silent
  /// @param clear devices that are clear, where that is every one that reports; else 0
  /// @param lastReport null before the first
  public record Headline(
      long has,
      long total,
      @Nullable Long people,
      Href owners,
      Href href,
      @Nullable Long fewer,
      Instant since,
      @Nullable Instant until,
      @Nullable Long pace,
      long hidden,
      long silentDevices,
      Href silent,
      long clear,
      @Nullable Instant lastReport,
      Clock clock) {

    /// How old the figures are.
    public Age reported() {
      return new Age(lastReport, clock);
    }
  }

  /// What came after the date.
  ///
  /// @param came the list of what came back, and
  /// @param launches of what was blocked; null for those who may not see them
  public record Aftermath(
      long reappeared, long blocked, @Nullable Href came, @Nullable Href launches) {}

  /// Where it still is: the fleet in parts of one kind.
  ///
  /// @param groupings the kinds of parts, one of them chosen, each with its address
  /// @param heading what a part is
  /// @param most those with most devices that have it
  /// @param others how many more parts have it
  /// @param uncounted whether so many devices have it that they are not counted by this
  /// @param counted when the newest figure of the courses was counted, which is of a day; null
  ///   where there is none
  public record Parts(
      List<Grouping> groupings,
      String heading,
      List<Part> most,
      long others,
      boolean uncounted,
      @Nullable Instant counted) {
    public Parts {
      groupings = List.copyOf(groupings);
      most = List.copyOf(most);
    }

    /// Whether the parts are departments.
    public boolean byDepartment() {
      return groupings.getFirst().chosen();
    }

    /// The highest share of a part, for the longest bar.
    public long highestRate() {
      return most.stream().mapToLong(Part::rate).max().orElse(0);
    }
  }

  /// A kind of parts.
  public record Grouping(String label, Href href, boolean chosen) {}

  /// A part of the fleet: all its devices, and those that have the software.
  ///
  /// @param course devices that had it, a day each, oldest first
  public record Part(
      String name, long devices, long has, List<Long> course, Href all, Href having) {
    public Part {
      course = List.copyOf(course);
    }

    /// Its share in hundredths of a percent.
    public long rate() {
      return devices == 0 ? 0 : has * 10_000 / devices;
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

  /// Something that waits for somebody.
  ///
  /// @param href null where this console has no page for it
  public record Waiting(long count, String what, String detail, @Nullable Href href) {}

  /// Devices of which the server does not know enough.
  public record Blind(long count, String what, String detail, Href href) {}

  public OverviewView {
    choices = List.copyOf(choices);
    filters = List.copyOf(filters);
    kept = List.copyOf(kept);
    removable = List.copyOf(removable);
    states = List.copyOf(states);
    sources = List.copyOf(sources);
    systems = List.copyOf(systems);
    waiting = List.copyOf(waiting);
    blind = List.copyOf(blind);
  }

  /// Whether every device was heard and wholly inspected: only then is a 0 good news.
  public boolean wholeFleetKnown() {
    return headline.total() > 0 && blind.isEmpty() && headline.silentDevices() == 0;
  }

  @Override
  public String template() {
    return "overview.jte";
  }
}
