package dev.interdict.server.web.pages;

import dev.interdict.server.fleet.Rescans;
import dev.interdict.server.retirement.Retirements;
import dev.interdict.server.web.Href;
import dev.interdict.server.web.View;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Several workstations, before something is done to all of them.
///
/// @param list where they were chosen
/// @param total how many were chosen
/// @param more whether there may be more than `total`
/// @param everything whether they were to be all of a list without a filter, which are none
/// @param most that something is done to at once
/// @param ids of all; none where they are more than `most`
/// @param enrolled those of `ids` that have an agent
/// @param heard how many of them were heard lately
/// @param lines all of them
public record ChosenDevicesView(
    Href list,
    long total,
    boolean more,
    boolean everything,
    int most,
    List<String> ids,
    List<String> enrolled,
    long heard,
    List<Line> lines,
    Clock clock)
    implements View {

  /// One of them.
  ///
  /// @param href null of one that never enrolled, which has no page
  public record Line(
      String host,
      @Nullable Href href,
      String department,
      String os,
      String ring,
      @Nullable Instant lastContact) {}

  public ChosenDevicesView {
    ids = List.copyOf(ids);
    enrolled = List.copyOf(enrolled);
    lines = List.copyOf(lines);
  }

  /// So many are seen at once; a longer rest of them is folded.
  private static final int OPEN = 20;

  /// The first of them.
  public List<Line> open() {
    return lines.subList(0, Math.min(OPEN, lines.size()));
  }

  /// The rest of them.
  public List<Line> folded() {
    return lines.subList(open().size(), lines.size());
  }

  /// Whether one person asks all of them to look again.
  public boolean mayRescan() {
    return !enrolled.isEmpty() && enrolled.size() <= Rescans.MOST;
  }

  /// Whether to retire them takes a second person.
  public boolean takesTwo() {
    return ids.size() > Retirements.ALONE;
  }

  /// Whether they are too many to do something to all at once.
  public boolean tooMany() {
    return more || total > most;
  }

  @Override
  public String template() {
    return "devices-chosen.jte";
  }
}
