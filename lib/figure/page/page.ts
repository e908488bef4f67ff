import { darkColors, recolor } from "../theme.ts";
import { keyScript } from "./keys.ts";

/**
 * The scripts that run in the reader's browser, as text: they must not depend on how this package is compiled.
 *
 * A page has one box, `window.flowlabPlotly`, made by whichever script comes first. Figures wait for `box.ready`;
 * the carrier fulfils it. So outputs may run in any order.
 */
const makeBox = `var box=window.flowlabPlotly;
if(!box){box=window.flowlabPlotly={loads:0};box.ready=new Promise(function(resolve){box.resolve=resolve})}`;

/**
 * Runs the library's source with `define`, `module` and `exports` hidden, so that it does not register with a module
 * loader of the page (RequireJS in classic Jupyter), and gives back a `window.Plotly` that belonged to somebody else.
 */
const runSource = `function run(source){
if(box.loads++)return;
var other=window.Plotly,tag=document.createElement("script");
tag.textContent="(function(define,module,exports){"+source+"\\n}).call(window)";
document.head.appendChild(tag);tag.remove();
var ours=window.Plotly;
if(!ours||ours===other){box.loads=0;return}
if(other)window.Plotly=other;
box.resolve(ours)}
function unpack(stream){return new Response(stream.pipeThrough(new DecompressionStream("gzip"))).text()}`;

/**
 * Where the browser keeps the packed library: a notebook whose first cell is not drawn yet (JupyterLab draws cells as
 * they scroll into view) or has been deleted finds it there. Pages without such storage do without.
 */
function storage(version: string): string {
  return `var key=location.origin+"/flowlab-plotly-"+${JSON.stringify(version)}+".js.gz";
function shelf(){try{return caches.open("flowlab")}catch(e){return Promise.reject(e)}}`;
}

/** Script of the output that carries plotly.js. `packed` is its source, gzipped and in base64. */
export function carrierScript(packed: string, version: string): string {
  return `(function(){${makeBox}
if(box.loads||box.loading)return;box.loading=true;
${runSource}
${storage(version)}
var bytes=Uint8Array.from(atob("${packed}"),function(c){return c.charCodeAt(0)});
unpack(new Response(bytes).body).then(run).catch(function(e){console.error("plotly.js could not be unpacked",e)}).then(function(){box.loading=false});
shelf().then(function(s){return s.match(key).then(function(hit){return hit||s.put(key,new Response(bytes))})}).catch(function(){});
})()`;
}

/** Height of the strip above a plot, in pixels: for the title at its left and plotly's buttons at its right. */
export const stripHeight = 30;

/**
 * What plotly.js has no options for. Its buttons stand in the strip above the plot instead of over it; names of a
 * slider's steps stand in its current value alone, since below the rail they run into each other; and on a dark page
 * the item under the pointer is not white.
 */
const styles = [
  `.flowlab-figure .modebar-container{top:-${stripHeight}px !important}`,
  ".flowlab-figure .js-plotly-plot,.flowlab-figure .svg-container{overflow:visible}",
  ".flowlab-figure:is(:hover,:focus-within) .modebar-group{opacity:1 !important}",
  ".flowlab-figure [data-flowlab-keys]{grid-area:1/1;pointer-events:none;border-radius:4px;z-index:3}",
  ".flowlab-figure [data-flowlab-keys]:focus{outline:2px solid #0072b2;outline-offset:-2px}",
  ".flowlab-figure[data-flowlab-theme=dark] [data-flowlab-keys]:focus{outline-color:#4fb0f0}",
  ".flowlab-figure[data-flowlab-steps=named] .slider-labels{display:none}",
  ".flowlab-figure[data-flowlab-theme=dark] :is(.updatemenu-item-rect,.slider-grip-rect){fill:#2b3038 !important}",
].join("");

/**
 * Whether the page is dark, as JupyterLab and VS Code say it. Anything else (an exported page, a code host's preview) is
 * light, since a page that says nothing is white. One observer serves all figures of a page; they look again a little
 * later, since the new theme's style sheet may still be on its way.
 */
const themes = `function dark(){var b=document.body,jp=b.dataset.jpThemeLight;
return jp!==undefined?jp==="false":b.classList.contains("vscode-dark")}
if(!box.eye){box.eye=new MutationObserver(function(){
[0,100,400,1500].forEach(function(wait){setTimeout(function(){
document.querySelectorAll("[data-flowlab-figure]").forEach(function(n){n.dispatchEvent(new Event("flowlab-theme"))})},wait)})});
box.eye.observe(document.body,{attributes:true,attributeFilter:["data-jp-theme-light","data-jp-theme-name","class"]})}
if(!document.getElementById("flowlab-figure-style")){
var sheet=document.createElement("style");sheet.id="flowlab-figure-style";sheet.textContent=${JSON.stringify(styles)};
document.head.appendChild(sheet)}
var colors=${JSON.stringify(darkColors)};
${recolor.toString().replace(/^function \w+/, "function recolor")}
function paper(){return getComputedStyle(document.body).getPropertyValue("--jp-layout-color0").trim()||
getComputedStyle(document.body).getPropertyValue("--vscode-editor-background").trim()||colors["#ffffff"]}
function hex(c){var m=/^#([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(c);return m?"#"+m[1]+m[1]+m[2]+m[2]+m[3]+m[3]:c}
function asPage(text,own){return dark()?recolor(text,Object.assign({},colors,own,{"#ffffff":hex(paper())})):text}`;

/**
 * Script of one figure: draws it as soon as plotly.js is there, in place of the static picture, in the colours of the
 * page; when those change, it draws it anew where its slider stands.
 *
 * When its width changes, plotly.js 4.1 arranges the legend anew, but puts it where the rows of the old one ended: in the plot, if a
 * narrow figure gets wide. So it is redrawn then, once for all widths on the way.
 *
 * plotly.js 4.1 forgets that a slider was let go if that happens while a frame is being drawn: the mark stays on the new
 * layout, and Play no longer moves the slider. So it is taken off wherever it is.
 */
export function figureScript(id: string, version: string): string {
  return `(function(){${makeBox}
${runSource}
${storage(version)}
${themes}
${keyScript}
var me=document.currentScript&&document.currentScript.closest("[data-flowlab-figure]");
var nodes=me?[me]:document.querySelectorAll("[data-flowlab-figure='${id}']:not([data-flowlab-state])");
Array.prototype.forEach.call(nodes,function(node){
if(node.dataset.flowlabState)return;
node.dataset.flowlabState="waiting";
mark(node);
var still=node.querySelector("[data-flowlab-still]");
if(still&&dark())still.src=still.src.replace(/base64,(.*)/,function(_,s){return "base64,"+btoa(asPage(atob(s)))});
box.ready.then(function(Plotly){whenWide(node,function(){draw(Plotly,node,still)})})});
setTimeout(function(){if(box.loads||box.loading)return;
shelf().then(function(s){return s.match(key)}).then(function(hit){if(hit&&!box.loads)return unpack(hit.body).then(run)}).catch(function(){})},1500);
function whenWide(node,go){
if(node.clientWidth)return go();
var eye=new ResizeObserver(function(){if(node.clientWidth){eye.disconnect();go()}});eye.observe(node)}
function mark(node){node.dataset.flowlabTheme=dark()?"dark":"light";
node.style.background=dark()?paper():"";node.style.color=dark()?colors["#2e3440"]:"#2e3440"}
function standing(spec,active){
(spec.layout.sliders||[]).forEach(function(slider,i){
if(active[i]===undefined)return;
slider.active=active[i];
var name=slider.steps[active[i]].args[0][0];
spec.frames.filter(function(f){return f.name===name}).forEach(function(f){
f.data.forEach(function(trace,k){Object.assign(spec.data[f.traces?f.traces[k]:k],trace)})})});
return spec}
function withButtons(Plotly,spec){
if(spec.config.modeBarButtons||spec.config.displayModeBar===false)return spec;
spec.config.modeBarButtons=[[{name:"download",title:"Download as PNG",icon:Plotly.Icons.camera,click:function(gd){
var room=spec.title?${stripHeight}:0,m=Object.assign({},gd.layout.margin);m.t+=room;
Plotly.downloadImage({data:gd.data,layout:Object.assign({},gd.layout,{title:spec.title,margin:m})},
{format:"png",scale:2,width:gd.clientWidth,height:gd.clientHeight+room,filename:"figure"})}}],
["zoom2d","pan2d","resetScale2d"]];
return spec}
function draw(Plotly,node,still){
var text=node.querySelector("script[type='application/json']").textContent,plot=document.createElement("div"),given=JSON.parse(text),own={},seen,width;
given.colors.forEach(function(pair){own[pair[0]]=pair[1]});
plot.style.cssText="grid-area:1/1;min-width:0;width:100%;height:"+given.height+"px";
node.querySelector("[data-flowlab-plot]").appendChild(plot);
function look(){return dark()+paper()}
function render(){
seen=look();width=node.clientWidth;mark(node);
var active=((plot._fullLayout||{}).sliders||[]).map(function(s){return s.active});
var spec=withButtons(Plotly,standing(JSON.parse(asPage(text,own)),active));
return Plotly.newPlot(plot,spec).then(function(){
reach(Plotly,node,plot);
plot.on("plotly_sliderend",function(){plot._fullLayout.sliders.forEach(function(s){s._dragging=false})})})}
function check(){if(!node.clientWidth)return;
if(look()!==seen)render();
else if(node.clientWidth!==width)fit(width=node.clientWidth)}
function fit(to){Plotly.Plots.resize(plot).then(function(){
if(to===width&&plot.querySelector(".legend"))return Plotly.redraw(plot)})}
render().then(function(){
if(still)still.style.display="none";node.dataset.flowlabState="drawn";
node.addEventListener("flowlab-theme",check);
new ResizeObserver(check).observe(node);
}).catch(function(e){plot.remove();node.dataset.flowlabState="failed";console.error(e)})}
})()`;
}
