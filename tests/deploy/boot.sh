# The first process of a trial machine: this machine's files under an empty layer in memory, and Debian's own systemd.
# Called by machine.py inside namespaces of its own (mount, processes, network, host name, cgroups), as
#   boot.sh DIRECTORY FILES    FILES is laid over the root before anything starts
set -eu
directory=$1
files=$2
mount -t tmpfs -o mode=755 layer "$directory"
mkdir "$directory/upper" "$directory/work" "$directory/root"
mount -t overlay overlay -o "lowerdir=/,upperdir=$directory/upper,workdir=$directory/work" "$directory/root"
cp -r --no-preserve=ownership "$files/." "$directory/root/"
cd "$directory/root"

mount -t proc proc proc
mount --bind proc/sys proc/sys # kernel variables and /sys are this machine's: not to be written
mount -o remount,ro,bind proc/sys
mount -t sysfs -o ro sysfs sys
mount -t cgroup2 cgroup2 sys/fs/cgroup
mount -t tmpfs -o mode=755 tmpfs run
mount -t tmpfs -o mode=1777 tmpfs tmp
mount -t tmpfs -o mode=755 tmpfs dev
for device in null zero full random urandom tty; do
  touch "dev/$device"
  mount --bind "/dev/$device" "dev/$device"
done
mkdir dev/shm dev/pts
mount -t tmpfs -o mode=1777 tmpfs dev/shm
mount -t devpts -o newinstance,ptmxmode=666 devpts dev/pts
ln -s pts/ptmx dev/ptmx
for name in fd:fd stdin:fd/0 stdout:fd/1 stderr:fd/2; do ln -s "/proc/self/${name#*:}" "dev/${name%:*}"; done
ip link set lo up
hostname trial

mkdir old
pivot_root . old
cd /
umount -l old
rmdir old
mount --make-rshared / # as on any Debian: systemd hands credentials over by a mount
exec env -i container=trial PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
  /lib/systemd/systemd --unit=basic.target --show-status=no
