package dev.interdict.agent.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.interdict.agent.pipe.Frames;
import dev.interdict.json.Json;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalSocketTest {
  private static final String STATUS = "{\"ask\":\"status\"}";

  @TempDir Path folder;
  private final CountDownLatch cycle = new CountDownLatch(1);
  private final CountDownLatch waiting = new CountDownLatch(8);
  private LocalSocket socket;

  @BeforeEach
  void open() throws IOException {
    socket = LocalSocket.open(path(), this::answer);
  }

  @AfterEach
  void close() throws IOException {
    cycle.countDown();
    socket.close();
  }

  private Path path() {
    return folder.resolve("agent.sock");
  }

  private Json answer(Question question, String user) throws IOException {
    var ask = question.ask();
    var about = question.about();
    switch (ask) {
      case "broken" -> throw new IOException("the quarantine cannot be read");
      case "bug" -> throw new IllegalStateException("a bug");
      case "slow" -> {
        try {
          waiting.countDown();
          cycle.await();
        } catch (InterruptedException e) {
          throw new IOException(e);
        }
      }
      default -> {}
    }
    return Json.object().put("asked", ask).put("about", about).put("by", user).build();
  }

  private SocketChannel connect() throws IOException {
    var channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    channel.connect(UnixDomainSocketAddress.of(path()));
    return channel;
  }

  private static void send(SocketChannel channel, String question) throws IOException {
    var out = Channels.newOutputStream(channel);
    Frames.write(out, question.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private static @Nullable String receive(SocketChannel channel) throws IOException {
    var frame = Frames.read(Channels.newInputStream(channel), 1 << 20);
    return frame == null ? null : new String(frame, StandardCharsets.UTF_8);
  }

  private @Nullable String ask(String question) throws IOException {
    try (var channel = connect()) {
      send(channel, question);
      return receive(channel);
    }
  }

  @Test
  void the_kernel_says_who_asks() throws IOException {
    assertEquals(
        "{\"asked\":\"status\",\"about\":\"\",\"by\":\"%s\"}"
            .formatted(System.getProperty("user.name")),
        ask(STATUS));
  }

  /// Whatever the other end would like to be called.
  @Test
  void another_account_is_told_apart_by_the_kernel() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "another account needs root");
    for (var program : List.of("/usr/bin/setpriv", "/usr/bin/perl")) {
      assumeTrue(Files.isExecutable(Path.of(program)), "needs " + program);
    }
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    var client =
        "use Socket; socket(S, AF_UNIX, SOCK_STREAM, 0); connect(S, sockaddr_un($ARGV[0])) or die;"
            + " syswrite(S, pack('N', length $ARGV[1]) . $ARGV[1]);"
            + " while (sysread(S, my $part, 4096)) { print $part; }";
    var process =
        new ProcessBuilder(
                "/usr/bin/setpriv",
                "--reuid=50001",
                "--regid=50001",
                "--clear-groups",
                "/usr/bin/perl",
                "-e",
                client,
                path().toString(),
                STATUS)
            .start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assumeTrue(process.waitFor() == 0, "another account must reach " + folder);
    assertTrue(said.endsWith("\"by\":\"50001\"}"), said);
  }

  @Test
  void garbage_gets_an_error_and_the_next_caller_an_answer() throws IOException {
    for (var garbage :
        new String[] {
          "",
          "x",
          "[]",
          "{}",
          "{\"ask\":1}",
          "{\"ask\":\"status\",\"user\":\"root\"}",
          "[".repeat(4000)
        }) {
      var answer = ask(garbage);
      assertTrue(answer != null && answer.startsWith("{\"error\":"), garbage + " → " + answer);
    }
    assertTrue(String.valueOf(ask(STATUS)).contains("asked"));
  }

  @Test
  void an_oversized_question_is_hung_up_on() throws IOException {
    try (var channel = connect()) {
      channel.write(ByteBuffer.wrap(new byte[] {0x7f, -1, -1, -1}));
      assertNull(receive(channel));
    }
    assertTrue(String.valueOf(ask(STATUS)).contains("asked"));
  }

  @Test
  void what_fails_inside_is_an_error_and_no_end_of_the_service() throws IOException {
    assertEquals(
        "{\"error\":\"the guard could not answer: the quarantine cannot be read\"}",
        ask("{\"ask\":\"broken\"}"));
    assertEquals("{\"error\":\"the guard could not answer: a bug\"}", ask("{\"ask\":\"bug\"}"));
    assertTrue(String.valueOf(ask(STATUS)).contains("asked"));
  }

  @Test
  void a_silent_caller_holds_nobody_up() throws IOException {
    try (var silent = connect()) {
      assertTrue(String.valueOf(ask(STATUS)).contains("asked"));
      send(silent, STATUS);
      assertTrue(String.valueOf(receive(silent)).contains("asked"));
    }
  }

  @Test
  void a_question_that_waits_for_a_cycle_holds_nobody_up() throws IOException {
    try (var slow = connect()) {
      send(slow, "{\"ask\":\"slow\"}");
      assertTrue(String.valueOf(ask(STATUS)).contains("\"status\""));
      cycle.countDown();
      assertTrue(String.valueOf(receive(slow)).contains("\"slow\""));
    }
  }

  @Test
  void one_account_cannot_hold_more_than_a_few_callers() throws Exception {
    var callers = new ArrayList<SocketChannel>();
    try {
      for (var i = 0; i < 8; i++) {
        var caller = connect();
        send(caller, "{\"ask\":\"slow\"}");
        callers.add(caller);
      }
      waiting.await();
      callers.add(connect());
      assertNull(answerIfAny(callers.getLast()));
    } finally {
      cycle.countDown();
      for (var caller : callers) {
        caller.close();
      }
    }
  }

  private static @Nullable String answerIfAny(SocketChannel channel) {
    try {
      send(channel, STATUS);
      return receive(channel);
    } catch (IOException e) {
      return null;
    }
  }

  @Test
  void the_socket_of_a_guard_that_crashed_is_replaced() throws IOException {
    socket.close();
    var left = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    left.bind(UnixDomainSocketAddress.of(path()));
    left.close();
    assertTrue(Files.exists(path()));
    socket = LocalSocket.open(path(), this::answer);
    assertTrue(String.valueOf(ask(STATUS)).contains("asked"));
  }

  @Test
  void closed_it_leaves_no_socket_behind() throws IOException {
    socket.close();
    assertFalse(Files.exists(path()));
  }
}
