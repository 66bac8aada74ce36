package dev.interdict.server.interop;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/// nginx on a free port, with the very configuration that `docs/serving.md` recommends.
final class Nginx implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/sbin/nginx");
  private static final Pattern SNIPPET = Pattern.compile("```nginx\\n(.*?)```", Pattern.DOTALL);

  private final Process process;
  private final int port;

  private Nginx(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /// Skips the test where there is no nginx.
  static Nginx serve(Path folder, Path repository, int listener) throws IOException {
    Assumptions.assumeTrue(Files.isExecutable(PROGRAM), "there is no nginx here");
    var port = freePort();
    var snippet = SNIPPET.matcher(Files.readString(Path.of("docs/serving.md")));
    if (!snippet.find()) {
      throw new IOException("docs/serving.md has no configuration of nginx");
    }
    var site =
        replaced(snippet.group(1), "listen 80;", "listen 127.0.0.1:" + port + ";")
            .replace("/var/lib/interdict/repository/", repository + "/")
            .replace("127.0.0.1:8460", "127.0.0.1:" + listener);
    var configuration = folder.resolve("nginx.conf");
    Files.writeString(
        configuration,
        """
        daemon off;
        master_process off;
        pid %1$s/nginx.pid;
        error_log %1$s/error.log;
        events {}
        http {
        access_log off;
        client_body_temp_path %1$s/body;
        proxy_temp_path %1$s/proxy;
        fastcgi_temp_path %1$s/fastcgi;
        uwsgi_temp_path %1$s/uwsgi;
        scgi_temp_path %1$s/scgi;
        %2$s
        }
        """
            .formatted(folder, site));
    var log = folder.resolve("out.log").toFile();
    var process =
        new ProcessBuilder(
                PROGRAM.toString(),
                "-e",
                log.toString(),
                "-p",
                "" + folder,
                "-c",
                "" + configuration)
            .redirectErrorStream(true)
            .redirectOutput(log)
            .start();
    var nginx = new Nginx(process, port);
    nginx.awaitOpen(log.toPath());
    return nginx;
  }

  private static String replaced(String text, String part, String by) throws IOException {
    if (!text.contains(part)) {
      throw new IOException("the configuration in docs/serving.md lacks: " + part);
    }
    return text.replace(part, by);
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void awaitOpen(Path log) throws IOException {
    for (var tries = 0; tries < 300; tries++) {
      try (var _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return;
      } catch (IOException e) {
        if (!process.isAlive()) {
          throw new IOException("nginx did not start: " + Files.readString(log), e);
        }
      }
      try {
        Thread.sleep(50);
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }
    close();
    throw new IOException("nginx does not listen: " + Files.readString(log));
  }

  URI address(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
