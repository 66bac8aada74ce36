package dev.interdict.server.web.pages;

import dev.interdict.server.web.Columns;
import dev.interdict.server.web.Href;
import dev.interdict.server.web.Query;
import dev.interdict.server.web.View;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A page of the fleet, filtered.
///
/// @param rule the name of the rule whose states are shown; null without one
/// @param total devices that the filters leave, on all pages
/// @param more whether there may be more than `total`, of a search that finds very many
/// @param fleet devices without any filter
/// @param typed the keys of filters that are fields
/// @param query what stands in the address
/// @param kept what stands in the address and in no choice, which choosing must not lose
/// @param narrowed whether a filter leaves any device out
/// @param here this list, from its first page
/// @param whole where something is done to all of it
/// @param export the same list whole, as a file
/// @param falling whether names come from the end of the alphabet
/// @param otherOrder the same the other way round
/// @param also what else the text that is looked for may be; empty without one
/// @param removable filters in force, each with the address without it
public record DevicesView(
    @Nullable String rule,
    List<Filter> filters,
    List<String> typed,
    Query query,
    List<Removable> removable,
    List<Also> also,
    List<Kept> kept,
    Columns columns,
    boolean narrowed,
    Href here,
    Href whole,
    Href export,
    boolean falling,
    Href otherOrder,
    List<Line> lines,
    long total,
    boolean more,
    long fleet,
    @Nullable Href first,
    @Nullable Href next,
    Clock clock)
    implements View {

  /// A key of the address with one of its values.
  public record Kept(String key, String value) {}

  /// What else somebody who typed this may have looked for.
  public record Also(String label, Href href) {}

  /// A filter in force.
  public record Removable(String label, Href without) {}

  /// One device.
  ///
  /// @param href null of one that never enrolled, which has no page
  /// @param standing for the chosen rule; null without one
  /// @param person whose it is, by the company's list; null where that does not say
  /// @param problem in words; null for none
  public record Line(
      String id,
      String host,
      @Nullable Href href,
      @Nullable Standing standing,
      @Nullable String person,
      @Nullable String problem,
      String department,
      String os,
      String ring,
      String agent,
      @Nullable Instant lastContact,
      boolean silent) {}

  public DevicesView {
    filters = List.copyOf(filters);
    also = List.copyOf(also);
    kept = List.copyOf(kept);
    removable = List.copyOf(removable);
    lines = List.copyOf(lines);
  }

  @Override
  public String template() {
    return "devices.jte";
  }
}
