package dev.interdict.server.review;

import dev.interdict.json.Json;
import dev.interdict.json.JsonWriter;
import dev.interdict.server.store.Sql;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;

/// The workstations whose names and paths stand in the sample matches of previews, which are kept
/// as what a reviewer saw.
public final class SampleHosts {
  private SampleHosts() {}

  /// Takes the name and the paths of one out of every preview; what matched and on how many stays.
  public static void forget(Connection connection, String host) throws SQLException {
    var previews =
        Sql.list(
            connection,
            "select * from preview where document like ?",
            Preview::read,
            "%" + host.replaceAll("[^A-Za-z0-9.-]", "%") + "%");
    for (var preview : previews) {
      var without = without(preview.document(), host);
      Sql.update(
          connection,
          "update preview set document = ? where preview_id = ?",
          new String(JsonWriter.canonical(without), StandardCharsets.UTF_8),
          preview.number());
    }
  }

  private static Json.Obj without(Json.Obj document, String host) {
    var members = new LinkedHashMap<>(document.members());
    if (members.get("samples") instanceof Json.Arr(var samples)) {
      members.put(
          "samples", new Json.Arr(samples.stream().map(each -> sample(each, host)).toList()));
    }
    return new Json.Obj(members);
  }

  private static Json sample(Json sample, String host) {
    if (!(sample instanceof Json.Obj(var kept))
        || !(kept.get("host") instanceof Json.Text(var of))
        || !of.equals(host)) {
      return sample;
    }
    var members = new LinkedHashMap<>(kept);
    for (var name : List.of("host", "location")) {
      members.replace(name, new Json.Text(""));
    }
    return new Json.Obj(members);
  }
}
