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

/**
 * Script of one figure: draws it as soon as plotly.js is there, in place of the static picture.
 *
 * plotly.js 4.1 forgets that a slider was let go if that happens while a frame is being drawn: the mark stays on the new
 * layout, and Play no longer moves the slider. So it is taken off wherever it is.
 */
export function figureScript(id: string, version: string): string {
  return `(function(){${makeBox}
${runSource}
${storage(version)}
var me=document.currentScript&&document.currentScript.closest("[data-flowlab-figure]");
var nodes=me?[me]:document.querySelectorAll("[data-flowlab-figure='${id}']:not([data-flowlab-state])");
Array.prototype.forEach.call(nodes,function(node){
if(node.dataset.flowlabState)return;
node.dataset.flowlabState="waiting";
box.ready.then(function(Plotly){whenWide(node,function(){draw(Plotly,node)})})});
setTimeout(function(){if(box.loads||box.loading)return;
shelf().then(function(s){return s.match(key)}).then(function(hit){if(hit&&!box.loads)return unpack(hit.body).then(run)}).catch(function(){})},1500);
function whenWide(node,go){
if(node.clientWidth)return go();
var eye=new ResizeObserver(function(){if(node.clientWidth){eye.disconnect();go()}});eye.observe(node)}
function draw(Plotly,node){
var spec=JSON.parse(node.querySelector("script[type='application/json']").textContent);
var still=node.querySelector("[data-flowlab-still]"),plot=document.createElement("div");
plot.style.cssText="grid-area:1/1;min-width:0;width:100%;height:"+spec.height+"px";
node.appendChild(plot);
Plotly.newPlot(plot,spec).then(function(){
if(still)still.style.display="none";node.dataset.flowlabState="drawn";
plot.on("plotly_sliderend",function(){plot._fullLayout.sliders.forEach(function(s){s._dragging=false})});
var width=node.clientWidth;
new ResizeObserver(function(){if(node.clientWidth&&node.clientWidth!==width){width=node.clientWidth;Plotly.Plots.resize(plot)}}).observe(node);
}).catch(function(e){plot.remove();node.dataset.flowlabState="failed";console.error(e)})}
})()`;
}
