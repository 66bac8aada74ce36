package dev.interdict.server.store;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Where a PostgreSQL database is, as the driver writes it, without a secret:
/// `jdbc:postgresql://HOST[:PORT][,HOST[:PORT]…]/NAME[?sslmode=…&sslrootcert=…]`.
///
/// Off this machine the server must prove who it is, unless the address says otherwise. Other
/// parameters of the driver are refused: some of them load classes or write files.
///
/// @param hosts with their ports, separated by commas
/// @param database its name
/// @param parameters how the connection is protected
public record PostgresUrl(String hosts, String database, Map<String, String> parameters) {
  private static final String SCHEME = "jdbc:postgresql://";

  private static final String HOST =
      "(?:[A-Za-z0-9](?:[A-Za-z0-9._-]{0,252})|\\[[0-9A-Fa-f:.]{2,45}\\])(?::[0-9]{1,5})?";
  private static final Pattern SHAPE =
      Pattern.compile(
          SCHEME
              + "("
              + HOST
              + "(?:,"
              + HOST
              + "){0,9})/([A-Za-z0-9_][A-Za-z0-9_.-]{0,62})"
              + "(?:\\?(.{0,2000}))?");
  private static final Pattern LOOPBACK =
      Pattern.compile("(?:localhost|127\\.[0-9.]+|\\[::1\\])(?::.*)?");
  private static final Set<String> ALLOWED =
      Set.of("sslmode", "sslrootcert", "sslcert", "sslkey", "targetServerType");

  /// The usual place on this machine.
  public static final PostgresUrl LOCAL = of("jdbc:postgresql://localhost/interdict");

  public PostgresUrl {
    parameters = Map.copyOf(parameters);
  }

  /// @throws IllegalArgumentException if it is no such address; the message says why and does not
  ///   repeat it, since somebody may have put a password there
  public static PostgresUrl of(String text) {
    var parts = SHAPE.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "is no address of a database; write such as"
              + " jdbc:postgresql://db.example.com:5432/interdict, without user and password");
    }
    var parameters = new TreeMap<String, String>();
    if (parts.group(3) != null) {
      for (var pair : parts.group(3).split("&", -1)) {
        var halves = pair.split("=", 2);
        if (halves.length != 2 || !ALLOWED.contains(halves[0])) {
          throw new IllegalArgumentException(
              "may have the parameters "
                  + String.join(", ", ALLOWED.stream().sorted().toList())
                  + " and no others; user and password-file stand beside it");
        }
        parameters.put(halves[0], halves[1]);
      }
    }
    var hosts = parts.group(1);
    var local = Stream.of(hosts.split(",", -1)).allMatch(host -> LOOPBACK.matcher(host).matches());
    if (!local) {
      parameters.putIfAbsent("sslmode", "verify-full");
    }
    return new PostgresUrl(hosts, parts.group(2), parameters);
  }

  /// What the driver takes, and what stands in the settings.
  public String written() {
    var query =
        parameters.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(each -> each.getKey() + "=" + each.getValue())
            .collect(Collectors.joining("&"));
    return SCHEME + hosts + "/" + database + (query.isEmpty() ? "" : "?" + query);
  }

  @Override
  public String toString() {
    return SCHEME + hosts + "/" + database;
  }
}
