package dev.interdict.server.compliance;

import dev.interdict.server.query.Terms;
import dev.interdict.server.query.Where;
import dev.interdict.server.scope.Scope;
import dev.interdict.server.scope.ScopeCondition;
import dev.interdict.server.store.Database;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// What software the devices of the fleet told that they have: only what a published rule looks
/// for, and only as much of it as the signed list lets them tell. What an uninstalled program left
/// behind is not counted. Thread-safe; never writes.
public final class Installed {
  /// The versions that are told of one software, those on most devices first.
  public static final int MOST_VERSIONS = 50;

  private static final String FROM =
      " from finding f join device d on d.device_id = f.device_id where d.standing = 'active' and"
          + " f.strength <> 'residue'";

  private final Database database;

  public Installed(Database database) {
    this.database = database;
  }

  /// Which software is shown.
  ///
  /// @param scope the departments that whoever asks sees
  /// @param sources of these inventory sources
  /// @param text part of its identity; null for any
  /// @param reviewed only what somebody looked at, or only what nobody did; null for any
  public record Filter(
      Scope scope, Terms sources, @Nullable String text, @Nullable Boolean reviewed) {}

  /// The place after a row.
  public record Cursor(String identity, String source) {}

  /// One version and on how many devices it is.
  ///
  /// @param version null where devices could not tell
  public record Version(@Nullable String version, long devices) {}

  /// That somebody looked at a software.
  public record Review(Instant at, String who, String note) {}

  /// One software.
  ///
  /// @param identity such as a package URL without a version
  /// @param reviewed null where nobody looked at it
  public record Software(
      String identity,
      String source,
      long devices,
      List<Version> versions,
      @Nullable Review reviewed) {
    public Software {
      versions = List.copyOf(versions);
    }
  }

  private static Where where(Filter filter) {
    var binds = new HashMap<String, Object>();
    var where =
        new Where()
            .add("1 = 1" + ScopeCondition.of(filter.scope(), "d.department", binds))
            .bind(binds)
            .terms("f.source", "source", filter.sources());
    if (filter.text() != null) {
      var part = filter.text().toLowerCase(Locale.ROOT).replaceAll("([!%_])", "!$1");
      where.add("lower(f.identity) like :part escape '!'").bind("part", "%" + part + "%");
    }
    if (filter.reviewed() != null) {
      where.add(
          (filter.reviewed() ? "" : "not ")
              + "exists (select 1 from software_review v where v.identity = f.identity)");
    }
    return where;
  }

  /// What somebody said who looked at it; null where nobody did.
  public @Nullable Review review(String identity) {
    return database.read(handle -> reviews(handle, identity, identity).get(identity));
  }

  /// Whether a device of the fleet told that it has it.
  public boolean isTold(String identity) {
    return database.read(handle ->
        handle
            .createQuery("select 1" + FROM + " and f.identity = :identity limit 1")
            .bind("identity", identity)
            .mapTo(Integer.class)
            .findFirst()
            .isPresent());
  }

  /// Of the identities from `first` to `last`.
  private static Map<String, Review> reviews(Handle handle, String first, String last) {
    var reviews = new HashMap<String, Review>();
    handle
        .createQuery(
            "select identity, at, who, note from software_review where identity between :first and"
                + " :last")
        .bind("first", first)
        .bind("last", last)
        .map((row, _) ->
            reviews.put(
                row.getString("identity"),
                new Review(
                    Instant.ofEpochMilli(row.getLong("at")),
                    row.getString("who"),
                    row.getString("note"))))
        .list();
    return reviews;
  }

  /// What the filter lets through, by identity.
  public List<Software> list(Filter filter, @Nullable Cursor after, int most) {
    var where = where(filter);
    var page = where(filter);
    if (after != null) {
      page.add("f.identity >= :after and (f.identity > :after or f.source > :following)")
          .bind("after", after.identity())
          .bind("following", after.source());
    }
    return database.read(handle -> {
      var rows =
          handle
              .createQuery(
                  "select f.identity, f.source, count(distinct f.device_id) as devices"
                      + FROM
                      + " and "
                      + page.conditions()
                      + " group by f.identity, f.source order by f.identity, f.source limit :most")
              .bindMap(page.binds())
              .bind("most", most)
              .map((row, _) ->
                  new Software(
                      row.getString("identity"),
                      row.getString("source"),
                      row.getLong("devices"),
                      List.of(),
                      null))
              .list();
      var versions =
          rows.isEmpty() ? Map.<Cursor, List<Version>>of() : versions(handle, where, rows);
      var reviews =
          rows.isEmpty()
              ? Map.<String, Review>of()
              : reviews(handle, rows.getFirst().identity(), rows.getLast().identity());
      return rows.stream()
          .map(one ->
              new Software(
                  one.identity(),
                  one.source(),
                  one.devices(),
                  versions.getOrDefault(new Cursor(one.identity(), one.source()), List.of()),
                  reviews.get(one.identity())))
          .toList();
    });
  }

  /// The versions of all rows of a page, in one go through what the page is made of.
  private static Map<Cursor, List<Version>> versions(
      Handle handle, Where where, List<Software> rows) {
    var versions = new HashMap<Cursor, List<Version>>();
    handle
        .createQuery(
            "select identity, source, version, devices from (select f.identity, f.source,"
                + " f.version, count(distinct f.device_id) as devices, row_number() over"
                + " (partition by f.identity, f.source order by count(distinct f.device_id) desc,"
                + " f.version) as place"
                + FROM
                + " and "
                + where.conditions()
                + " and f.identity between :first and :last group by f.identity, f.source,"
                + " f.version) t where place <= :most order by identity, source, place")
        .bindMap(where.binds())
        .bind("first", rows.getFirst().identity())
        .bind("last", rows.getLast().identity())
        .bind("most", MOST_VERSIONS)
        .map((row, _) ->
            Map.entry(
                new Cursor(row.getString("identity"), row.getString("source")),
                new Version(row.getString("version"), row.getLong("devices"))))
        .forEach(one ->
            versions.computeIfAbsent(one.getKey(), _ -> new ArrayList<>()).add(one.getValue()));
    return versions;
  }

  /// How many the filter lets through.
  public long count(Filter filter) {
    var where = where(filter);
    return database.read(handle ->
        handle
            .createQuery(
                "select count(*) from (select f.identity, f.source"
                    + FROM
                    + " and "
                    + where.conditions()
                    + " group by f.identity, f.source) t")
            .bindMap(where.binds())
            .mapTo(Long.class)
            .one());
  }

  /// A device that has some software, once however often it does.
  ///
  /// @param places how many there are of it on the device
  public record Holder(
      String device,
      String host,
      String department,
      String os,
      @Nullable String version,
      long places,
      Instant lastContact) {}

  /// Those that have one software from one source, by host name: as many as its row counts.
  public List<Holder> holders(
      Scope scope, Cursor software, DevicePage.@Nullable Cursor after, int most) {
    var binds = new HashMap<String, Object>();
    var where = holding(scope, software, binds);
    if (after != null) {
      where += " and d.host >= :host and (d.host > :host or d.device_id > :id)";
      binds.put("host", after.host());
      binds.put("id", after.id().value());
    }
    var condition = where;
    return database.read(handle ->
        handle
            .createQuery(
                "select d.device_id, d.host, d.department, d.os, d.last_contact, max(f.version) as"
                    + " version, count(*) as places"
                    + FROM
                    + condition
                    + " group by d.device_id, d.host, d.department, d.os, d.last_contact order by"
                    + " d.host, d.device_id limit :most")
            .bindMap(binds)
            .bind("most", most)
            .map((row, _) ->
                new Holder(
                    row.getString("device_id"),
                    row.getString("host"),
                    row.getString("department"),
                    row.getString("os"),
                    row.getString("version"),
                    row.getLong("places"),
                    Instant.ofEpochMilli(row.getLong("last_contact"))))
            .list());
  }

  /// How many devices have it.
  public long holders(Scope scope, Cursor software) {
    var binds = new HashMap<String, Object>();
    var where = holding(scope, software, binds);
    return database.read(handle ->
        handle
            .createQuery("select count(distinct f.device_id)" + FROM + where)
            .bindMap(binds)
            .mapTo(Long.class)
            .one());
  }

  private static String holding(Scope scope, Cursor software, Map<String, Object> binds) {
    binds.put("identity", software.identity());
    binds.put("source", software.source());
    return " and f.identity = :identity and f.source = :source"
        + ScopeCondition.of(scope, "d.department", binds);
  }
}
