package dev.interdict.server.compliance;

import dev.interdict.report.DeviceId;
import dev.interdict.server.compliance.DevicePage.Cursor;
import dev.interdict.server.query.Where;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Finds devices by a part of their name or the beginning of their id, in the order of what was
/// found: `07` finds `mbp-07` before `mbp-071`. One look passes so many names and no more, however
/// many there are: a page may then have fewer rows than there is room for, and the next goes on
/// from there. Used once.
final class NameSearch {
  /// Names that are passed at a time; up to so many are counted.
  static final int SLICE = 1_000;

  /// Names that are passed for one page.
  private static final int MOST = 10 * SLICE;

  private static final int DEVICES = 250;
  private static final String START = "substr(d.device_id, 1, " + NameEnds.START + ")";

  /// After every text that begins with what it is put behind.
  private static final String LAST = Character.toString(Character.MAX_CODE_POINT);

  private static final Comparator<Hit> ORDER =
      Comparator.comparing(Hit::found).thenComparing(hit -> hit.row().id().value());

  private final Handle handle;
  private final String part;
  private final Devices devices;

  /// The devices of a filter, without its text.
  interface Devices {
    /// Those that are enrolled, of these.
    List<DevicePage.Row> enrolled(Where of);

    /// Entries of the company's list that no device counts as, of these, by name and id.
    List<DevicePage.Row> absent(Where of, int most);

    long absent(Where of);
  }

  /// A device, and by what it was found.
  private record Hit(String found, DevicePage.Row row) {
    private Cursor cursor() {
      return new Cursor(found, row.id());
    }

    private boolean isAfter(Cursor place) {
      var order = found.compareTo(place.host());
      return order > 0 || order == 0 && row.id().value().compareTo(place.id().value()) > 0;
    }
  }

  /// An end of a name, or an id.
  ///
  /// @param device how the id of the device begins
  private record Candidate(String found, String device) {
    /// The place after all devices whose ids begin like that.
    private Cursor cursor() {
      return new Cursor(found, new DeviceId(device + "f".repeat(32 - NameEnds.START)));
    }
  }

  /// @param last where it ended; null if nothing follows
  private record Slice(List<Hit> hits, @Nullable Cursor last) {}

  NameSearch(Handle handle, String text, Devices devices) {
    this.handle = handle;
    this.part = NameEnds.folded(text);
    this.devices = devices;
  }

  DevicePage page(@Nullable Cursor after, int size) {
    var counted = slice(null);
    var slice = after == null ? counted : slice(after);
    var hits = new TreeSet<>(ORDER);
    hits.addAll(slice.hits());
    for (var passed = SLICE;
        slice.last() != null && hits.size() <= size && passed < MOST;
        passed += SLICE) {
      slice = slice(slice.last());
      hits.addAll(slice.hits());
    }
    var end = slice.last();
    for (var row : devices.absent(absent(after), size + 1)) {
      var hit = new Hit(NameEnds.folded(row.host()), row);
      if (end == null || !hit.isAfter(end)) {
        hits.add(hit);
      }
    }
    var shown = hits.stream().limit(size).toList();
    var total = Math.max(shown.size(), counted.hits().size() + devices.absent(absent(null)));
    return new DevicePage(
        shown.stream().map(Hit::row).toList(),
        hits.size() > size ? shown.getLast().cursor() : end,
        total,
        counted.last() != null);
  }

  /// The devices of the next names.
  private Slice slice(@Nullable Cursor after) {
    var candidates = candidates(after);
    var all = new HashSet<>(candidates);
    var starts = candidates.stream().map(Candidate::device).distinct().toList();
    var hits = new ArrayList<Hit>();
    for (var from = 0; from < starts.size(); from += DEVICES) {
      var some = starts.subList(from, Math.min(starts.size(), from + DEVICES));
      for (var row : devices.enrolled(new Where().any(START, "start", some))) {
        var id = row.id().value();
        var found = NameEnds.found(part, row.host(), id);
        if (found != null && all.contains(new Candidate(found, id.substring(0, NameEnds.START)))) {
          var hit = new Hit(found, row);
          if (after == null || hit.isAfter(after)) {
            hits.add(hit);
          }
        }
      }
    }
    return new Slice(hits, candidates.size() < SLICE ? null : candidates.getLast().cursor());
  }

  private List<Candidate> candidates(@Nullable Cursor after) {
    var key =
        part.substring(
            0,
            part.offsetByCodePoints(
                0, Math.min(NameEnds.LONGEST, part.codePointCount(0, part.length()))));
    var where = "%1$s >= :from and %1$s < :end";
    var rest = after == null ? "" : " and (ending > :from or device >= :device)";
    return handle
        .createQuery(
            "select found, device from (select * from (select ending as found, device from name_end"
                + " where "
                + where.formatted("ending")
                + rest
                + " order by ending, device limit :most) named union all select * from (select"
                + " device_id as found, substr(device_id, 1, 8) as device from device where "
                + where.formatted("device_id")
                + " order by device_id limit :most) begun) either order by found, device limit"
                + " :most")
        .bind("from", after == null ? key : after.host())
        .bind("end", key + LAST)
        .bind("device", after == null ? null : after.id().value().substring(0, NameEnds.START))
        .bind("most", SLICE)
        .map((row, _) -> new Candidate(row.getString(1), row.getString(2)))
        .list();
  }

  private Where absent(@Nullable Cursor after) {
    var literal = part.replace("!", "!!").replace("%", "!%").replace("_", "!_");
    var where =
        new Where()
            .add("(lower(d.host) like :part escape '!' or d.device_id like :start escape '!')")
            .bind("part", "%" + literal + "%")
            .bind("start", literal + "%");
    if (after != null) {
      where
          .add("(lower(d.host) > :found or (lower(d.host) = :found and d.device_id > :id))")
          .bind("found", after.host())
          .bind("id", after.id().value());
    }
    return where;
  }
}
