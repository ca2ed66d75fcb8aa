// SPDX-License-Identifier: Apache-2.0
// Light and colour on the graphics card. packs/bake/paint.py does the same with arrays: change both.

/** Moves a vertex with its bones; `bones` holds three rows for each. */
const SKINNING = /* glsl */ `
uniform vec4 bones[BONES * 3];
attribute vec4 boneIndex;
attribute vec4 boneWeight;
void skinRows(out vec4 x, out vec4 y, out vec4 z) {
  x = y = z = vec4(0.0);
  for (int i = 0; i < 4; i++) {
    int bone = 3 * int(boneIndex[i] + 0.5);
    x += boneWeight[i] * bones[bone];
    y += boneWeight[i] * bones[bone + 1];
    z += boneWeight[i] * bones[bone + 2];
  }
}
`;

/** Shadow of the key light, read with a small soft kernel, and encoding for the screen. */
const LIGHT = /* glsl */ `
uniform sampler2D shadowMap;
uniform mat4 shadowMatrix;
uniform float shadowTexel;
uniform vec3 keyDirection;
const vec3 SKY = vec3(1.00, 0.985, 0.96);
const vec3 GROUND = vec3(0.66, 0.56, 0.48);
const vec3 KEY = vec3(1.00, 0.94, 0.85);
const vec3 RIM = vec3(0.92, 0.95, 1.00);
float keyLight(vec3 world, float lean) {
  vec3 p = (shadowMatrix * vec4(world, 1.0)).xyz;
  if (p.x < 0.0 || p.x > 1.0 || p.y < 0.0 || p.y > 1.0 || p.z > 1.0) return 1.0;
  float light = 0.0;
  for (int x = -2; x <= 2; x++) {
    for (int y = -2; y <= 2; y++) {
      vec2 at = p.xy + vec2(float(x), float(y)) * shadowTexel;
      light += texture2D(shadowMap, at).r < p.z - lean ? 0.0 : 1.0;
    }
  }
  return light / 25.0;
}
vec3 lit(vec3 albedo, vec3 normal, vec3 view, float shadow, float rim) {
  float up = 0.5 + 0.5 * normal.y;
  float wrapped = clamp((dot(normal, keyDirection) + 0.22) / 1.22, 0.0, 1.0) * shadow;
  vec3 light = 0.56 * mix(GROUND, SKY, up) + 0.62 * wrapped * KEY;
  float grazing = pow(1.0 - clamp(dot(normal, view), 0.0, 1.0), 3.0);
  return albedo * light + rim * grazing * RIM * (0.3 + 0.7 * up);
}
/** A little noise, so that wide soft gradients show no rings. */
float grain() {
  return (fract(52.9829189 * fract(dot(gl_FragCoord.xy, vec2(0.06711056, 0.00583715)))) - 0.5) / 160.0;
}
vec3 encoded(vec3 c) {
  c = clamp(c, 0.0, 1.0);
  return mix(1.055 * pow(c, vec3(1.0 / 2.4)) - 0.055, c * 12.92, step(c, vec3(0.0031308)));
}
`;

/** Soft darkness under what is near the ground: the body as spheres that hide the sky. */
const CONTACT = /* glsl */ `
uniform vec4 blobs[BLOBS];
float hidden(vec3 world) {
  float open = 1.0;
  for (int i = 0; i < BLOBS; i++) {
    vec3 to = blobs[i].xyz - world;
    float far = dot(to, to) + 1e-4;
    float r = blobs[i].w;
    float cover = max(to.y, 0.0) * inversesqrt(far) * r * r / far;
    open *= 1.0 - min(cover, 0.85);
  }
  return 1.0 - open;
}
`;

/** Muscles that work: amber where they help, clay where they lead. */
const GLOW = /* glsl */ `
uniform vec3 glowLow;
uniform vec3 glowHigh;
float glowShare(float depth, float most) {
  return most * (0.55 * smoothstep(0.40, 0.60, depth) + 0.45 * smoothstep(0.45, 0.95, depth));
}
`;

const FACE = /* glsl */ `
uniform vec4 eyeForm;
uniform vec4 browForm;
uniform vec3 irisForm;
uniform vec3 mouthForm;
uniform vec3 cheekForm;
vec3 faced(vec3 base, vec3 head) {
  float y = head.y, aside = abs(head.z), front = smoothstep(0.045, 0.060, head.x);
  if (front <= 0.0 || y < -0.02) return base;
  float cheek = smoothstep(1.0, 0.1, length(vec2(y, aside) - cheekForm.xy) / cheekForm.z);
  vec3 colour = mix(base, blushColour, front * 0.30 * cheek);
  float along = aside / mouthForm.y;
  float arch = max(1.0 - along * along, 0.0);
  float line = mouthForm.x + 0.0030 * along * along;
  float upper = line + mouthForm.z * arch * (0.82 + 0.25 * clamp(along * 3.0, 0.0, 1.0) * arch);
  float lower = line - 1.25 * mouthForm.z * pow(arch, 0.8);
  float lips = 0.72 * smoothstep(-0.0006, 0.0006, min(upper - y, y - lower));
  lips *= smoothstep(1.02, 0.94, along);
  lips += 0.35 * smoothstep(0.0011, 0.0004, abs(y - line)) * smoothstep(1.10, 0.95, along);
  colour = mix(colour, lipColour, front * clamp(lips, 0.0, 1.0));
  along = (aside - eyeForm.y) / eyeForm.z;
  arch = max(1.0 - along * along, 0.0);
  upper = eyeForm.x + eyeForm.w * pow(arch, 0.75) + 0.0012 * along;
  lower = eyeForm.x - 0.62 * eyeForm.w * arch + 0.0012 * along;
  float eye = front * smoothstep(-0.0005, 0.0005, min(upper - y, y - lower)) * step(abs(along), 1.0);
  colour = mix(colour, vec3(0.86, 0.83, 0.80), eye);
  float iris = length(vec2(y, aside) - irisForm.xy) / irisForm.z;
  colour = mix(colour, vec3(0.055, 0.030, 0.020), eye * smoothstep(1.08, 0.92, iris));
  vec2 spark = vec2(y - irisForm.x - 0.0022, head.z - sign(head.z) * irisForm.y - 0.0018);
  colour = mix(colour, vec3(1.0), eye * smoothstep(0.0016, 0.0010, length(spark)));
  float lash = smoothstep(0.0017, 0.0007, abs(y - upper - 0.0004)) * smoothstep(1.12, 0.98, abs(along));
  colour = mix(colour, hairColour * 0.6, front * lash);
  along = (aside - browForm.y) / browForm.z;
  float curve = browForm.x + 0.0032 * (1.0 - (along - 0.1) * (along - 0.1)) - 0.0010 * along;
  float taper = browForm.w * (1.0 - 0.45 * clamp(along, 0.0, 1.0));
  float brow = smoothstep(1.3, 0.7, abs(y - curve) / taper) * smoothstep(1.05, 0.9, abs(along));
  return mix(colour, hairColour, 0.85 * front * brow);
}
`;

/** Strands that meet in the bun, and its tie. */
const HAIR = /* glsl */ `
vec3 haired(vec3 head) {
  vec3 p = head - vec3(-0.010, 0.110, 0.0);
  float along = 0.877 * p.y - 0.480 * p.x, aside = 0.877 * p.x + 0.480 * p.y;
  float turn = atan(p.z, aside);
  float strands = 0.5 + 0.3 * sin(64.0 * turn) + 0.2 * sin(151.0 * turn + 1.3);
  float ring = smoothstep(0.0905, 0.0915, along) * smoothstep(0.0985, 0.0975, along);
  return mix(hairColour * (1.12 - 0.30 * strands), tieColour, ring * step(length(vec2(p.z, aside)), 0.032));
}
`;

const DRESS = /* glsl */ `
float edge(float distance) {
  float w = max(fwidth(distance), 1e-5);
  return clamp(distance / w + 0.5, 0.0, 1.0);
}
vec3 wear(vec3 base, vec3 cloth, float distance) {
  vec3 colour = mix(base, cloth, edge(distance));
  return mix(colour, cloth * 0.72, 0.8 * edge(distance) * edge(0.007 - distance));
}
`;

export const SKIN_VERTEX = /* glsl */ `
${SKINNING}
attribute vec3 garment;
attribute vec2 heat;
uniform vec3 headPlace;
varying vec3 vWorld, vNormal, vGarment, vHead;
varying vec2 vHeat;
void main() {
  vec4 x, y, z;
  skinRows(x, y, z);
  vec4 p = vec4(position, 1.0);
  vWorld = vec3(dot(x, p), dot(y, p), dot(z, p));
  vNormal = vec3(dot(x.xyz, normal), dot(y.xyz, normal), dot(z.xyz, normal));
  vGarment = garment;
  vHead = position - headPlace;
  vHeat = heat;
  gl_Position = projectionMatrix * viewMatrix * vec4(vWorld, 1.0);
}
`;

export const SKIN_FRAGMENT = /* glsl */ `
uniform vec3 skinColour, blushColour, lipColour, hairColour, tieColour, leggingsColour, topColour, veilColour;
uniform float rimStrength;
uniform float xray;
varying vec3 vWorld, vNormal, vGarment, vHead;
varying vec2 vHeat;
${LIGHT}
${GLOW}
${FACE}
${HAIR}
${DRESS}
void main() {
  vec3 normal = normalize(vNormal);
  vec3 view = normalize(cameraPosition - vWorld);
  vec3 colour = wear(wear(faced(skinColour, vHead), leggingsColour, vGarment.x), topColour, vGarment.y);
  float hair = edge(vGarment.z);
  colour = mix(colour, haired(vHead), hair);
  float low = glowShare(vHeat.y, 0.80) * (1.0 - hair);
  float high = glowShare(vHeat.x, 0.92) * (1.0 - hair);
  colour = mix(mix(colour, glowLow, low), glowHigh, high);
  vec3 own = mix(glowLow * 0.20 * low, glowHigh * 0.20, high);
  float shadow = keyLight(vWorld + normal * 0.012, 0.004);
  vec3 light = lit(colour, normal, view, shadow, rimStrength) + own;
  float facing = clamp(dot(normal, view), 0.0, 1.0);
  float warm = max(low, high);
  float veil = mix(0.62, 0.10, smoothstep(0.0, 0.85, facing));
  light = mix(light, mix(veilColour, light, 0.12 + 0.88 * warm), xray);
  float alpha = mix(1.0, veil + 0.45 * warm * (1.0 - veil), xray);
  gl_FragColor = vec4(encoded(light) * alpha, alpha);
}
`;

/** What the x-ray view shows under the skin. */
export const INNER_VERTEX = /* glsl */ `
${SKINNING}
attribute vec2 heat;
attribute float bone;
varying vec3 vWorld, vNormal;
varying vec2 vHeat;
varying float vBone;
void main() {
  vec4 x, y, z;
  skinRows(x, y, z);
  vec4 p = vec4(position, 1.0);
  vWorld = vec3(dot(x, p), dot(y, p), dot(z, p));
  vNormal = vec3(dot(x.xyz, normal), dot(y.xyz, normal), dot(z.xyz, normal));
  vHeat = heat;
  vBone = bone;
  gl_Position = projectionMatrix * viewMatrix * vec4(vWorld, 1.0);
}
`;

export const INNER_FRAGMENT = /* glsl */ `
uniform vec3 boneColour, restColour;
uniform float rimStrength;
varying vec3 vWorld, vNormal;
varying vec2 vHeat;
varying float vBone;
${LIGHT}
${GLOW}
void main() {
  vec3 normal = normalize(vNormal);
  vec3 view = normalize(cameraPosition - vWorld);
  vec3 colour = mix(restColour, boneColour, step(0.5, vBone));
  colour = mix(mix(colour, glowLow, step(0.5, vHeat.y)), glowHigh, step(0.5, vHeat.x));
  vec3 light = lit(colour, normal, view, 1.0, rimStrength) + 0.18 * colour * step(0.5, max(vHeat.x, vHeat.y));
  gl_FragColor = vec4(encoded(light), 1.0);
}
`;

export const PROP_VERTEX = /* glsl */ `
varying vec3 vWorld, vNormal;
void main() {
  vec4 world = modelMatrix * vec4(position, 1.0);
  vWorld = world.xyz;
  vNormal = mat3(modelMatrix) * normal;
  gl_Position = projectionMatrix * viewMatrix * world;
}
`;

export const PROP_FRAGMENT = /* glsl */ `
uniform vec3 colour;
uniform float rimStrength, propLight;
varying vec3 vWorld, vNormal;
${LIGHT}
${CONTACT}
void main() {
  vec3 normal = normalize(vNormal);
  vec3 view = normalize(cameraPosition - vWorld);
  vec3 light = lit(colour, normal, view, keyLight(vWorld + normal * 0.006, 0.003), 0.4 * rimStrength);
  if (normal.y > 0.9) light *= 1.0 - 0.55 * hidden(vWorld);
  gl_FragColor = vec4(encoded(light * propLight), 1.0);
}
`;

/** A warm pool of light on the floor that fades into the page, with the shadows on it. */
export const FLOOR_FRAGMENT = /* glsl */ `
uniform vec4 floorTint;
uniform vec3 floorMiddle;
uniform float floorReach;
uniform float shadeStrength;
varying vec3 vWorld, vNormal;
${LIGHT}
${CONTACT}
void main() {
  float away = length(vWorld.xz - floorMiddle.xz) / floorReach;
  float fade = smoothstep(1.0, 0.35, away);
  float dark = 0.22 * (1.0 - keyLight(vWorld, 0.003));
  dark = 1.0 - (1.0 - dark) * (1.0 - 0.55 * hidden(vWorld));
  dark *= smoothstep(1.0, 0.8, away) * shadeStrength;
  float tint = floorTint.a * fade;
  float alpha = dark + tint * (1.0 - dark);
  vec3 ink = encoded(vec3(0.10, 0.07, 0.05) * 0.35);
  alpha = clamp(alpha + grain() * fade, 0.0, 1.0);
  gl_FragColor = vec4(ink * dark + (encoded(floorTint.rgb) + grain()) * tint * (1.0 - dark), alpha);
}
`;

/** Depth only, seen from the key light. */
export const DEPTH_VERTEX = /* glsl */ `
${SKINNING}
void main() {
  vec4 x, y, z;
  skinRows(x, y, z);
  vec4 p = vec4(position, 1.0);
  gl_Position = projectionMatrix * viewMatrix * vec4(dot(x, p), dot(y, p), dot(z, p), 1.0);
}
`;

export const PROP_DEPTH_VERTEX = /* glsl */ `
void main() {
  gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0);
}
`;

export const DEPTH_FRAGMENT = /* glsl */ `
void main() {
  gl_FragColor = vec4(1.0);
}
`;
