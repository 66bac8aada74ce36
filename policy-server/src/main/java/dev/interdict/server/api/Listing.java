package dev.interdict.server.api;

import dev.interdict.json.Json;
import dev.interdict.json.JsonWriter;
import dev.interdict.server.access.Role;
import dev.interdict.server.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
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
    this(name, row, filters, parts, pages, (_, _, _) -> {});
  }

  /// Learns who is shown what.
  @FunctionalInterface
  interface Shown {
    /// @param exported into a file
    void rows(Call call, List<Json.Obj> rows, boolean exported);
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
  record Page(List<Json.Obj> rows, @Nullable List<String> next, LongSupplier total) {
    Page {
      rows = List.copyOf(rows);
    }

    /// Cuts what was read with one row more than asked for.
    ///
    /// @param place of a row
    static <T> Page cut(
        List<T> read,
        int size,
        java.util.function.Function<T, Json.Obj> json,
        java.util.function.Function<T, List<String>> place,
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
    var parameters = new ArrayList<>(filters);
    parameters.add(
        Parameter.query(
            "page_after", Schema.text(2_000), "The next of the page before; first page without."));
    parameters.add(
        Parameter.query(
            "size", new Schema.Whole(1, MOST), "Rows on a page; " + USUAL + " without."));
    return Operation.get("/" + name, id, summary)
        .with(parameters)
        .answers(
            200,
            Schema.named(
                row.name() + "Page",
                Schema.needs("total", Schema.count()),
                Schema.may("next", Schema.any()),
                Schema.needs(name, Schema.list(row))))
        .may(roles)
        .does(reach, this::show);
  }

  private HttpResponse show(Call call) {
    var size = Math.toIntExact(call.number("size", USUAL));
    var page = pages.read(call, Cursor.read(call.optional("page_after"), parts), size);
    shown.rows(call, page.rows(), false);
    var next = page.next();
    return HttpResponse.json(
        200,
        Json.object()
            .put("total", page.total().getAsLong())
            .put("next", next == null ? null : Cursor.written(next))
            .put(name, page.rows())
            .build());
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
      shown.rows(call, page.rows(), true);
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

  /// A row's values in the order of the columns; what is no single value stays JSON.
  List<@Nullable Object> values(Json.Obj json) {
    var values = new ArrayList<@Nullable Object>();
    for (var column : columns()) {
      values.add(
          switch (json.get(column)) {
            case null -> null;
            case Json.Null _ -> null;
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
