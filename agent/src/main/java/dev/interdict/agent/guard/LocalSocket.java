package dev.interdict.agent.guard;

import dev.interdict.agent.pipe.Frames;
import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonWriter;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers the people of this machine, one question a connection: how things stand, and please give
/// this back. Who asks is what the kernel says of the other end, not what it claims. Each caller
/// has a thread and is bounded in bytes and time, each account in callers at once.
final class LocalSocket implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 5;
  private static final int MOST_OF_ONE = 8;
  private static final Logger LOG = LoggerFactory.getLogger(LocalSocket.class);

  private final Path path;
  private final ServerSocketChannel server;
  private final Answers answers;
  private final Map<String, Integer> present = new ConcurrentHashMap<>();

  /// Gives the answer to a question. Seam.
  @FunctionalInterface
  interface Answers {
    /// @param user the account that asks, from the kernel
    Json answer(Question question, String user) throws IOException;
  }

  private LocalSocket(Path path, ServerSocketChannel server, Answers answers) {
    this.path = path;
    this.server = server;
    this.answers = answers;
  }

  /// Listens at `path`, in place of a socket that a guard before left behind.
  static LocalSocket open(Path path, Answers answers) throws IOException {
    var folder = path.getParent();
    // Windows has no such permissions: there, the agent's own folder lets nobody in but
    // administrators, and they alone can ask.
    var posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
    if (folder != null && !Files.isDirectory(folder)) {
      Files.createDirectories(folder);
      if (posix) {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
      }
    }
    Files.deleteIfExists(path);
    var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      server.bind(UnixDomainSocketAddress.of(path));
      // Everybody may ask; what each is answered goes by who the kernel says it is.
      if (posix) {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw-rw-"));
      }
    } catch (IOException e) {
      server.close();
      throw new IOException("cannot listen at " + path + ": " + e.getMessage(), e);
    }
    var socket = new LocalSocket(path, server, answers);
    Thread.ofPlatform().name("local-socket").daemon().start(socket::serve);
    return socket;
  }

  private void serve() {
    while (server.isOpen()) {
      try {
        var caller = server.accept();
        Thread.ofVirtual().name("local-caller").start(() -> attend(caller));
      } catch (IOException e) {
        // We are closed, which the loop sees, or the caller is gone and can ask again.
      }
    }
  }

  private void attend(SocketChannel caller) {
    try (caller) {
      var user = user(caller);
      try {
        if (present.merge(user, 1, Integer::sum) <= MOST_OF_ONE) {
          serve(caller, user);
        }
      } finally {
        present.computeIfPresent(user, (_, count) -> count == 1 ? null : count - 1);
      }
    } catch (IOException e) {
      // The caller is gone, or was hung up on; it can ask again.
    }
  }

  /// An answer may take as long as a cycle; a question, and taking the answer, may not.
  private void serve(SocketChannel caller, String user) throws IOException {
    var question =
        patiently(caller, () -> Frames.read(Channels.newInputStream(caller), Question.MOST_BYTES));
    if (question == null) {
      return;
    }
    var answer = JsonWriter.compact(answer(question, user));
    patiently(
        caller,
        () -> {
          var out = Channels.newOutputStream(caller);
          Frames.write(out, answer);
          out.flush();
          return answer;
        });
  }

  private static <T extends @Nullable Object> T patiently(SocketChannel caller, Board.Work<T> talk)
      throws IOException {
    var patience = CompletableFuture.delayedExecutor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    var hangUp = CompletableFuture.runAsync(() -> close(caller), patience);
    try {
      return talk.run();
    } finally {
      hangUp.cancel(false);
    }
  }

  private Json answer(byte[] question, String user) {
    try {
      return answers.answer(Question.read(question), user);
    } catch (JsonException e) {
      return error(String.valueOf(e.getMessage()));
    } catch (IOException | RuntimeException e) {
      LOG.atWarn().setCause(e).log("question not answered");
      return error("the guard could not answer: " + e.getMessage());
    }
  }

  private static Json error(String message) {
    return Json.object().put("error", message).build();
  }

  /// Windows does not say who the other end is. Who could open the socket there is an
  /// administrator, and is answered as the account that runs this.
  private static String user(SocketChannel caller) throws IOException {
    if (!caller.supportedOptions().contains(ExtendedSocketOptions.SO_PEERCRED)) {
      return System.getProperty("user.name");
    }
    return caller.getOption(ExtendedSocketOptions.SO_PEERCRED).user().getName();
  }

  private static void close(SocketChannel caller) {
    try {
      caller.close();
    } catch (IOException e) {
      // It is closed already.
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    Files.deleteIfExists(path);
  }
}
