package dev.interdict.simulation.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/// An open file or folder. Reads from its beginning, writes at its end.
final class DiskChannel extends FileChannel {
  private final SimulatedDisk disk;
  private final String name;
  private final SimulatedDisk.Node node;
  private int position;

  DiskChannel(SimulatedDisk disk, String name, SimulatedDisk.Node node) {
    this.disk = disk;
    this.name = name;
    this.node = node;
  }

  @Override
  public int read(ByteBuffer to) {
    var left = node.content.length - position;
    if (left <= 0) {
      return -1;
    }
    var count = Math.min(left, to.remaining());
    to.put(node.content, position, count);
    position += count;
    return count;
  }

  @Override
  public int write(ByteBuffer from) throws IOException {
    var bytes = new byte[from.remaining()];
    from.get(bytes);
    disk.append(name, node, bytes);
    return bytes.length;
  }

  @Override
  public void force(boolean metadata) throws IOException {
    disk.force(name, node);
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public FileChannel position(long at) {
    position = Math.toIntExact(at);
    return this;
  }

  @Override
  public long size() {
    return node.content.length;
  }

  @Override
  protected void implCloseChannel() {}

  @Override
  public FileChannel truncate(long size) throws IOException {
    disk.truncate(name, node, Math.toIntExact(size));
    return this;
  }

  @Override
  public long read(ByteBuffer[] to, int offset, int length) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long write(ByteBuffer[] from, int offset, int length) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long transferTo(long at, long count, WritableByteChannel to) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long transferFrom(ReadableByteChannel from, long at, long count) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int read(ByteBuffer to, long at) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int write(ByteBuffer from, long at) {
    throw new UnsupportedOperationException();
  }

  @Override
  public MappedByteBuffer map(MapMode mode, long at, long size) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileLock lock(long at, long size, boolean shared) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileLock tryLock(long at, long size, boolean shared) {
    throw new UnsupportedOperationException();
  }
}
