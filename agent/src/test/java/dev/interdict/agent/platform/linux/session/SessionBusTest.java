package dev.interdict.agent.platform.linux.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
final class SessionBusTest {
  private static final SessionBus NONE = new SessionBus.None();
  private static final SessionBus FOREIGN = new SessionBus.Foreign();

  private final int uid = Surroundings.ofThisProcess(Map.of()).uid();

  @TempDir Path users;
  private Path folder;
  private Path bus;

  @BeforeEach
  void makeFolder() throws IOException {
    folder = Files.createDirectory(users.resolve(Integer.toString(uid)));
    bus = folder.resolve("bus");
  }

  @Test
  void a_socket_of_the_person_is_found() throws IOException {
    bind(bus);
    var group = (int) Files.getAttribute(folder, "unix:gid");
    assertEquals(new SessionBus.Found(bus, group), SessionBus.of(uid, users));
    assertEquals(
        new SessionBus.Found(bus, group), SessionBus.of(uid, "unix:path=" + bus + ",guid=00"));
  }

  @Test
  void nobody_logged_in_is_no_session() {
    assertEquals(NONE, SessionBus.of(uid, users));
    assertEquals(NONE, SessionBus.of(uid + 1, users));
  }

  @Test
  void what_is_no_socket_is_refused() throws IOException {
    Files.createFile(bus);
    assertEquals(FOREIGN, SessionBus.of(uid, users));
  }

  @Test
  void a_link_to_a_socket_is_refused() throws IOException {
    bind(folder.resolve("other"));
    Files.createSymbolicLink(bus, folder.resolve("other"));
    assertEquals(FOREIGN, SessionBus.of(uid, users));
  }

  @Test
  void a_socket_or_folder_of_somebody_else_is_refused() throws IOException {
    assumeTrue(uid == 0, "not root: cannot give files to another user");
    bind(bus);
    Files.setAttribute(bus, "unix:uid", 65534);
    assertEquals(FOREIGN, SessionBus.of(uid, users));
    Files.setAttribute(bus, "unix:uid", 0);
    Files.setAttribute(folder, "unix:uid", 65534);
    assertEquals(FOREIGN, SessionBus.of(uid, users));
  }

  @Test
  void addresses_of_other_kinds_are_never_used() {
    assertNull(SessionBus.of(uid, "unixexec:path=/bin/sh,argv1=-c"));
    assertNull(SessionBus.of(uid, "unix:abstract=/tmp/dbus-x"));
    assertNull(SessionBus.of(uid, "tcp:host=127.0.0.1,port=1"));
    assertNull(SessionBus.of(uid, "unix:path=relative"));
    assertNull(SessionBus.of(uid, ""));
  }

  @Test
  void an_address_of_our_own_session_is_for_nobody_else() throws IOException {
    bind(bus);
    var surroundings =
        new Surroundings(uid, "unix:path=" + bus, users.resolve("nobody-is-logged-in"));
    assertEquals(SessionBus.Found.class, surroundings.busOf(uid).getClass());
    assertEquals(NONE, surroundings.busOf(uid + 1));
  }

  private static void bind(Path path) throws IOException {
    try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(path));
    }
  }
}
