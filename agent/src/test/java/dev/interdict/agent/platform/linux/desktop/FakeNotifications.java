package dev.interdict.agent.platform.linux.desktop;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.freedesktop.dbus.connections.base.AbstractConnectionBase;
import org.freedesktop.dbus.exceptions.DBusExecutionException;
import org.freedesktop.dbus.interfaces.Properties;
import org.freedesktop.dbus.types.UInt32;
import org.freedesktop.dbus.types.Variant;

/// A notification service that keeps what it is asked to show. Thread-safe.
public final class FakeNotifications implements Notifications, Properties {
  private final List<String> can;
  private final List<Shown> shown = new ArrayList<>();
  private final List<Long> closed = new ArrayList<>();
  private final CountDownLatch open;
  private boolean inhibited;
  private Users users = name -> -1;

  /// Tells whose connection a unique name is.
  @FunctionalInterface
  interface Users {
    long of(String uniqueName);
  }

  /// One call.
  ///
  /// @param user whom the kernel says the caller is
  record Shown(
      long id,
      long user,
      String application,
      long replaces,
      String title,
      String body,
      List<String> actions,
      byte urgency,
      int expiry) {}

  private FakeNotifications(List<String> can, int closed) {
    this.can = List.copyOf(can);
    this.open = new CountDownLatch(closed);
  }

  static FakeNotifications with(String... capabilities) {
    return new FakeNotifications(List.of(capabilities), 0);
  }

  /// One that answers nothing until [#wake].
  static FakeNotifications hanging() {
    return new FakeNotifications(List.of("body"), 1);
  }

  /// One that holds notices back, as KDE Plasma does when asked to.
  static FakeNotifications inhibited() {
    var service = with("body", "inhibitions");
    service.inhibited = true;
    return service;
  }

  @Override
  @SuppressWarnings("unchecked")
  public <A> A Get(String type, String property) {
    if (inhibited && property.equals("Inhibited")) {
      return (A) Boolean.TRUE;
    }
    throw new DBusExecutionException("no property " + property);
  }

  @Override
  public <A> void Set(String type, String property, A value) {
    throw new DBusExecutionException("no property " + property);
  }

  @Override
  public Map<String, Variant<?>> GetAll(String type) {
    return Map.of();
  }

  synchronized void connected(Users users) {
    this.users = users;
  }

  void wake() {
    open.countDown();
  }

  synchronized List<Shown> shown() {
    return List.copyOf(shown);
  }

  @Override
  public List<String> capabilities() {
    try {
      open.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return can;
  }

  @Override
  public synchronized UInt32 show(
      String application,
      UInt32 replaces,
      String icon,
      String summary,
      String body,
      List<String> actions,
      Map<String, Variant<?>> hints,
      int expiry) {
    var urgency = hints.get("urgency");
    var id = replaces.longValue() == 0 ? 100 + shown.size() : replaces.longValue();
    shown.add(
        new Shown(
            id,
            users.of(AbstractConnectionBase.getCallInfo().getSource()),
            application,
            replaces.longValue(),
            summary,
            body,
            List.copyOf(actions),
            urgency == null ? -1 : (byte) urgency.getValue(),
            expiry));
    return new UInt32(id);
  }

  @Override
  public synchronized void close(UInt32 id) {
    closed.add(id.longValue());
  }

  synchronized List<Long> closed() {
    return List.copyOf(closed);
  }

  @Override
  public boolean isRemote() {
    return false;
  }

  @Override
  public String getObjectPath() {
    return PATH;
  }
}
