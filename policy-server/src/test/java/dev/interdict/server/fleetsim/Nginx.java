package dev.interdict.server.fleetsim;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// nginx with one static file of 2 KB, in a throw-away folder on a free port: the limit that a
/// server on this machine can be measured by.
final class Nginx implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/sbin/nginx");
  private static final int TRIES = 200;
  static final byte[] GET =
      "GET /file.json HTTP/1.1\r\nHost: interdict\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final Process process;
  private final InetSocketAddress address;

  private Nginx(Process process, InetSocketAddress address) {
    this.process = process;
    this.address = address;
  }

  static boolean installed() {
    return Files.isExecutable(PROGRAM);
  }

  static Nginx start(Path folder) throws IOException, InterruptedException {
    var home = Files.createDirectories(folder.resolve("nginx"));
    Files.createDirectories(home.resolve("www"));
    Files.writeString(home.resolve("www/file.json"), "x".repeat(2048));
    int port;
    try (var free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Files.writeString(
        home.resolve("nginx.conf"),
        """
        daemon off;
        worker_processes 2;
        pid nginx.pid;
        error_log error.log;
        events { worker_connections 2000; }
        http {
          access_log off;
          keepalive_requests 100000000;
          client_body_temp_path tmp; proxy_temp_path tmp; fastcgi_temp_path tmp;
          uwsgi_temp_path tmp; scgi_temp_path tmp;
          server { listen 127.0.0.1:%d; root %s; }
        }
        """
            .formatted(port, home.resolve("www")));
    var process =
        new ProcessBuilder(PROGRAM.toString(), "-p", home.toString(), "-c", "nginx.conf")
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("out").toFile())
            .start();
    var address = new InetSocketAddress("127.0.0.1", port);
    for (var i = 0; i < TRIES && process.isAlive(); i++) {
      try (var socket = new Socket()) {
        socket.connect(address);
        return new Nginx(process, address);
      } catch (IOException e) {
        Thread.sleep(10);
      }
    }
    process.destroyForcibly();
    throw new IOException("nginx did not start: " + Files.readString(home.resolve("out")));
  }

  InetSocketAddress address() {
    return address;
  }

  List<Long> pids() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants())
        .map(ProcessHandle::pid)
        .toList();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
