package dev.interdict.server.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/// One listening address with its routes; every request runs on its own virtual thread.
///
/// Plain HTTP only on a loopback address: elsewhere a credential could be read on the way.
public final class Listener implements AutoCloseable {
  private static final int HEADER_BYTES = 16 << 10;
  private static final int CONNECTIONS = 10_000;
  private static final long IDLE_MILLIS = 30_000;
  private static final long STOP_MILLIS = 5_000;

  private final Server server;
  private final ServerConnector connector;

  private Listener(Server server, ServerConnector connector) {
    this.server = server;
    this.connector = connector;
  }

  /// Starts listening.
  ///
  /// @param name for threads and logs
  /// @param address port 0 picks a free one
  /// @param tls null for plain HTTP
  /// @throws IOException if the address is taken, or not loopback and without TLS
  public static Listener start(
      String name, InetSocketAddress address, @Nullable Tls tls, Router router) throws IOException {
    return start(name, address, tls, Proxies.NONE, router);
  }

  /// The same behind `proxies`.
  public static Listener start(
      String name, InetSocketAddress address, @Nullable Tls tls, Proxies proxies, Router router)
      throws IOException {
    if (address.isUnresolved()) {
      throw new IOException("the " + name + " listener's address cannot be resolved: " + address);
    }
    if (tls == null && !address.getAddress().isLoopbackAddress()) {
      throw new IOException(
          "the "
              + name
              + " listener would speak plain HTTP on "
              + address.getAddress().getHostAddress()
              + ", which others can reach; give it a certificate, or listen on 127.0.0.1 behind a"
              + " proxy that ends TLS");
    }
    var threads = new QueuedThreadPool(16, 4);
    threads.setName(name);
    threads.setVirtualThreadsExecutor(
        Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name(name + "-request-", 0).factory()));
    var server = new Server(threads);
    var connector = connector(server, tls);
    connector.setHost(address.getAddress().getHostAddress());
    connector.setPort(address.getPort());
    connector.setIdleTimeout(IDLE_MILLIS);
    server.addConnector(connector);
    server.addBean(new NetworkConnectionLimit(CONNECTIONS, connector));
    server.setStopTimeout(STOP_MILLIS);
    server.setHandler(new Edge(name, router, proxies));
    server.setErrorHandler(Edge.errors());
    try {
      server.start();
    } catch (Exception e) {
      stop(server);
      throw new IOException(
          "cannot listen on " + address + " for the " + name + ": " + e.getMessage(), e);
    }
    return new Listener(server, connector);
  }

  private static ServerConnector connector(Server server, @Nullable Tls tls) {
    var config = new HttpConfiguration();
    config.setSendServerVersion(false);
    // What it remembers of headers takes 100 KB for as long as a connection is kept, and there are
    // thousands of these.
    config.setHeaderCacheSize(0);
    config.setRequestHeaderSize(HEADER_BYTES);
    config.setUriCompliance(UriCompliance.RFC3986);
    config.setIdleTimeout(IDLE_MILLIS);
    if (tls == null) {
      return new ServerConnector(server, new HttpConnectionFactory(config));
    }
    var secure = new SecureRequestCustomizer(false);
    config.addCustomizer(secure);
    var context = new SslContextFactory.Server();
    context.setSslContext(tls.context());
    context.setIncludeProtocols("TLSv1.3");
    var http = new HttpConnectionFactory(config);
    return new ServerConnector(server, new SslConnectionFactory(context, http.getProtocol()), http);
  }

  /// The port that it listens on.
  public int port() {
    return connector.getLocalPort();
  }

  /// Stops taking requests, lets running ones end within five seconds.
  @Override
  public void close() {
    stop(server);
  }

  private static void stop(Server server) {
    try {
      server.stop();
    } catch (Exception e) {
      org.slf4j.LoggerFactory.getLogger(Listener.class)
          .atWarn()
          .setCause(e)
          .log("listener did not stop cleanly");
    }
  }
}
