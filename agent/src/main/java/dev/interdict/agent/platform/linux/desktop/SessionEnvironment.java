package dev.interdict.agent.platform.linux.desktop;

import dev.interdict.policy.Language;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The environment of a person's session, which a process that the guard starts does not inherit:
/// where its display is, in which language and zone it speaks. It is the person's to set, so it is
/// only used in processes that are the person.
public record SessionEnvironment(Map<String, String> variables) {
  private static final Bus.Service USER_MANAGER =
      new Bus.Service(
          "org.freedesktop.systemd1",
          "/org/freedesktop/systemd1",
          "org.freedesktop.systemd1.Manager");

  private static final int MOST_BYTES = 256 << 10;

  public SessionEnvironment {
    variables = Map.copyOf(variables);
  }

  /// The environment of the session on `bus`: what the person's service manager hands to services,
  /// and beneath it that of the process which shows notices there.
  ///
  /// @param socket at which the bus was found
  static SessionEnvironment of(Bus bus, Path socket) {
    var all = new LinkedHashMap<String, String>();
    var folder = socket.getParent();
    if (folder != null) {
      all.put("XDG_RUNTIME_DIR", folder.toString());
    }
    all.put("PATH", "/usr/local/bin:/usr/bin:/bin");
    add(all, process(bus.process(Notifications.NAME)));
    add(all, manager(bus.property(USER_MANAGER, "Environment")));
    all.put("DBUS_SESSION_BUS_ADDRESS", "unix:path=" + socket);
    return new SessionEnvironment(all);
  }

  private static Stream<String> manager(@Nullable Object property) {
    return switch (property) {
      case List<?> list -> list.stream().map(String::valueOf);
      case Object[] array -> Stream.of(array).map(String::valueOf);
      case null, default -> Stream.empty();
    };
  }

  private static Stream<String> process(@Nullable Long number) {
    if (number == null) {
      return Stream.empty();
    }
    try (var stream = Files.newInputStream(Path.of("/proc/" + number + "/environ"))) {
      var bytes = stream.readNBytes(MOST_BYTES);
      return Stream.of(new String(bytes, StandardCharsets.UTF_8).split("\0"));
    } catch (IOException e) {
      return Stream.empty();
    }
  }

  private static void add(Map<String, String> all, Stream<String> lines) {
    lines.forEach(line -> {
      var equals = line.indexOf('=');
      if (equals > 0 && line.indexOf('\0') < 0) {
        all.put(line.substring(0, equals), line.substring(equals + 1));
      }
    });
  }

  /// The language of the session's messages, where it names one.
  public Optional<Language> language() {
    return Stream.of("LC_ALL", "LC_MESSAGES", "LANG")
        .map(name -> variables.getOrDefault(name, ""))
        .filter(value -> !value.isEmpty())
        .findFirst()
        .flatMap(SessionEnvironment::language);
  }

  /// The language of a locale's POSIX name, such as `zh_CN.UTF-8`; none of `C` and its like, which
  /// name no language.
  static Optional<Language> language(String locale) {
    var name = locale.split("[.@]", 2)[0];
    return name.isEmpty() || name.equals("C") || name.equals("POSIX")
        ? Optional.empty()
        : Optional.of(Language.nearest(Locale.forLanguageTag(name.replace('_', '-'))));
  }

  /// The zone of the session's clock, where it names one.
  public Optional<ZoneId> zone() {
    var name = variables.getOrDefault("TZ", "");
    try {
      return name.isEmpty()
          ? Optional.empty()
          : Optional.of(ZoneId.of(name.replaceFirst("^:", "")));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
