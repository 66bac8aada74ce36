package dev.interdict.agent.platform.handles;

/// Something open, held until it is closed. What it stands for stays the same whatever becomes of
/// its name.
public interface Opened extends AutoCloseable {
  @Override
  void close();
}
