package dev.interdict.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// The reports that the server has stored, read from its database beside it.
///
/// @param sequences of the one device, in order of arrival
/// @param bodies as they arrived
record Reports(List<Long> sequences, List<String> bodies) {

  static Reports of(Scene scene) throws IOException {
    var url = "jdbc:sqlite:" + scene.server.resolve("interdict.db");
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "SELECT sequence, body FROM report ORDER BY received_at, sequence")) {
      var sequences = new ArrayList<Long>();
      var bodies = new ArrayList<String>();
      while (rows.next()) {
        sequences.add(rows.getLong(1));
        bodies.add(new String(rows.getBytes(2), StandardCharsets.UTF_8));
      }
      return new Reports(sequences, bodies);
    } catch (SQLException e) {
      throw new IOException("cannot read the server's reports", e);
    }
  }

  String last() {
    return bodies.getLast();
  }
}
