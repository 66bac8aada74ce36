package dev.interdict.server.api;

import dev.interdict.json.Json;
import dev.interdict.json.JsonWriter;
import dev.interdict.server.access.Role;
import dev.interdict.server.http.HttpResponse;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A list as data: which rows there are, and by what they are filtered. It is shown in pages and
/// exported whole, from the same source, so that an export equals the list with the same filter.
///
/// @param name of the resource, and of the member that holds the rows
/// @param row what one row holds; the columns of the CSV in their order
/// @param parts of how many parts the place after a row is made
/// @param shown learns of rows before somebody is shown them
record Listing(
    String name, Schema.Named row, List<Parameter> filters, int parts, Pages pages, Shown shown) {
  static final int MOST = 1_000;
  private static final int USUAL = 50;

  Listing {
    filters = List.copyOf(filters);
  }

  /// A list that is about nobody's device.
  Listing(String name, Schema.Named row, List<Parameter> filters, int parts, Pages pages) {
    this(name, row, filters, parts, pages, (_, _, _, _) -> {});
  }

  /// A list that is at hand whole, as those are that people keep short.
  ///
  /// @param key of a row, unlike that of any other
  static <T> Listing whole(
      String name,
      Schema.Named row,
      List<Parameter> filters,
      Function<Call, List<T>> all,
      Function<T, Json.Obj> json,
      Function<T, String> key,
      Shown shown) {
    return new Listing(
        name,
        row,
        filters,
        1,
        (call, after, size) -> {
          var rows = all.apply(call);
          var from = after == null ? 0 : 1 + place(rows, key, after.getFirst());
          return Page.cut(
              rows.subList(from, Math.min(rows.size(), from + size + 1)),
              size,
              json,
              one -> List.of(key.apply(one)),
              rows::size);
        },
        shown);
  }

  /// The same, about nobody's device.
  static <T> Listing whole(
      String name,
      Schema.Named row,
      List<Parameter> filters,
      Function<Call, List<T>> all,
      Function<T, Json.Obj> json,
      Function<T, String> key) {
    return whole(name, row, filters, all, json, key, (_, _, _, _) -> {});
  }

  private static <T> int place(List<T> rows, Function<T, String> key, String wanted) {
    for (var i = 0; i < rows.size(); i++) {
      if (key.apply(rows.get(i)).equals(wanted)) {
        return i;
      }
    }
    throw Problem.query(
        "the row that page_after names is not in the list any more; begin at the first page");
  }

  /// Learns who is shown what.
  @FunctionalInterface
  interface Shown {
    /// @param sought whether somebody was looked for
    /// @param exported into a file
    void rows(Call call, List<Json.Obj> rows, boolean sought, boolean exported);
  }

  /// Reads one page.
  @FunctionalInterface
  interface Pages {
    Page read(Call call, @Nullable List<String> after, int size);
  }

  /// Some rows.
  ///
  /// @param next the place after the last of them; null where nothing follows
  /// @param total how many there are on all pages; asked for only where it is shown
  /// @param more whether that is what was counted, and there may be more
  record Page(List<Json.Obj> rows, @Nullable List<String> next, LongSupplier total, boolean more) {
    Page {
      rows = List.copyOf(rows);
    }

    Page(List<Json.Obj> rows, @Nullable List<String> next, LongSupplier total) {
      this(rows, next, total, false);
    }

    /// Cuts what was read with one row more than asked for.
    ///
    /// @param place of a row
    static <T> Page cut(
        List<T> read,
        int size,
        Function<T, Json.Obj> json,
        Function<T, List<String>> place,
        LongSupplier total) {
      var shown = read.size() > size ? read.subList(0, size) : read;
      return new Page(
          shown.stream().map(json).toList(),
          read.size() > size ? place.apply(shown.getLast()) : null,
          total);
    }
  }

  /// The operation that shows it in pages.
  Operation page(String id, Reach reach, String summary, Role... roles) {
    return page("/" + name, List.of(), id, reach, summary, roles);
  }

  /// The operation that shows it in pages at an address of its own.
  ///
  /// @param within the parameters of the path
  Operation page(
      String path, List<Parameter> within, String id, Reach reach, String summary, Role... roles) {
    return Operation.get(path, id, summary)
        .with(within)
        .with(parameters())
        .answers(200, Schema.named(id.replaceFirst("^list", "") + "Page", members()))
        .may(roles)
        .does(reach, call -> HttpResponse.json(200, page(call).build()));
  }

  /// What a page of it is asked by.
  List<Parameter> parameters() {
    var parameters = new ArrayList<>(filters);
    parameters.add(
        Parameter.query(
            "page_after", Schema.text(2_000), "The next of the page before; first page without."));
    parameters.add(
        Parameter.query(
            "size",
            new Schema.Whole(0, MOST),
            "Rows on a page; "
                + USUAL
                + " without, 0 for the total alone, where nobody is looked for."));
    return List.copyOf(parameters);
  }

  /// What a page of it has, before whatever else an answer tells.
  Schema.Member[] members(Schema.Member... more) {
    var members = new ArrayList<Schema.Member>();
    members.add(Schema.needs("total", Schema.count()));
    members.add(Schema.may("more", new Schema.Flag()));
    members.add(Schema.may("next", Schema.any()));
    members.addAll(List.of(more));
    members.add(Schema.needs(name, Schema.list(row, MOST)));
    return members.toArray(Schema.Member[]::new);
  }

  /// The page that is asked for.
  Json.Builder page(Call call) {
    var size = Math.toIntExact(call.number("size", USUAL));
    if (size == 0 && seeks(call)) {
      throw Problem.query(
          "size: 0 with q, owner or manager would tell of somebody and keep no look at them; ask"
              + " for 1 row or more");
    }
    var page = pages.read(call, Cursor.read(call.optional("page_after"), parts), Math.max(1, size));
    if (size == 0) {
      return Json.object().put("total", page.total().getAsLong()).put(name, List.of());
    }
    shown.rows(call, page.rows(), seeks(call), false);
    var next = page.next();
    return Json.object()
        .put("total", page.total().getAsLong())
        .put("more", page.more() ? Json.Bool.TRUE : null)
        .put("next", next == null ? null : Cursor.written(next))
        .put(name, page.rows());
  }

  /// Whether somebody is looked for.
  private boolean seeks(Call call) {
    var said = call.asked(asked -> asked.values().keySet());
    return filters.stream().anyMatch(key -> Keys.SOUGHT.contains(key) && said.contains(key.name()));
  }

  /// Takes every row in the list's order, page by page, so that no reader holds the database and no
  /// memory holds the list.
  ///
  /// @param turns of which one is had while a page is read, and none while its rows are taken
  void each(Call call, Semaphore turns, RowTaker taker) throws java.io.IOException {
    List<String> after = null;
    do {
      turns.acquireUninterruptibly();
      Page page;
      try {
        page = pages.read(call, after, MOST);
      } finally {
        turns.release();
      }
      shown.rows(call, page.rows(), seeks(call), true);
      for (var json : page.rows()) {
        taker.take(json);
      }
      after = page.next();
    } while (after != null);
  }

  /// Takes a row.
  @FunctionalInterface
  interface RowTaker {
    void take(Json.Obj row) throws java.io.IOException;
  }

  /// The names of the columns.
  List<String> columns() {
    return row.members().members().stream().map(Schema.Member::name).toList();
  }

  /// A row's values in the order of `columns`; what is no single value stays JSON.
  ///
  /// @param zone in which instants are written, with its offset; null for UTC
  List<@Nullable Object> values(Json.Obj json, List<String> columns, @Nullable ZoneId zone) {
    var instants =
        row.members().members().stream()
            .filter(member -> member.schema().equals(Schema.instant()))
            .map(Schema.Member::name)
            .collect(Collectors.toSet());
    var values = new ArrayList<@Nullable Object>();
    for (var column : columns) {
      values.add(
          switch (json.get(column)) {
            case null -> null;
            case Json.Null _ -> null;
            case Json.Text(var text) when zone != null && instants.contains(column) ->
                DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(Instant.parse(text).atZone(zone));
            case Json.Text(var text) -> text;
            case Json.Int(var number) -> number;
            case Json.Bool flag -> flag == Json.Bool.TRUE ? "true" : "false";
            case Json.Decimal(var literal) -> literal;
            case Json.Arr _, Json.Obj _ ->
                JsonWriter.line(Objects.requireNonNull(json.get(column)));
          });
    }
    return values;
  }
}
